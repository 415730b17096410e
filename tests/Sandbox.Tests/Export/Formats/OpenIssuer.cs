using System.Net;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Export.Formats.Case;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Export.Formats;

/// <summary>What badges point at is there for everybody.</summary>
public sealed class OpenIssuer : IAsyncLifetime
{
    private RunningServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_issuers_address_answers_with_its_profile()
    {
        var profile = await JsonAsync("/issuer");

        Assert.Equal(($"https://localhost:{_server.WebPort}/issuer", "Profile"), ((string?)profile["id"], (string?)Record.At(profile, "type.0")));
    }

    [Fact]
    public async Task Before_anything_was_signed_there_is_no_key_and_asking_makes_none()
    {
        Assert.Empty((await JsonAsync("/issuer/jwks"))["keys"]!.AsArray());
        Assert.Null(new IssuerKeyFile(_server.Folder.Folders).Load());
    }

    [Fact]
    public async Task The_key_is_shown_without_its_private_half()
    {
        using var key = new IssuerKeyFile(_server.Folder.Folders).LoadOrCreate();

        var shown = Assert.Single((await JsonAsync("/issuer/jwks"))["keys"]!.AsArray());

        Assert.True(JsonNode.DeepEquals(key.PublicJwk(), shown));
        Assert.Null(shown!["d"]);
    }

    [Theory]
    [InlineData("1"), InlineData("1.3"), InlineData("7.4")]
    public async Task What_a_badge_is_aligned_with_is_there(string code)
    {
        var framework = new CaseFramework(Schedule.Current, new Site($"https://localhost:{_server.WebPort}", "any"));

        var item = await JsonAsync(new Uri(framework.Item(code)).AbsolutePath);

        Assert.Equal((code, framework.Item(code)), ((string?)item["humanCodingScheme"], (string?)item["uri"]));
    }

    [Fact]
    public async Task The_whole_schedule_is_there()
    {
        var framework = new CaseFramework(Schedule.Current, Record.Site);

        Assert.Equal(framework.Title, (string?)(await JsonAsync(new Uri(framework.Document).AbsolutePath))["title"]);
        Assert.NotEmpty((await JsonAsync(new Uri(framework.Package).AbsolutePath))["CFItems"]!.AsArray());
    }

    [Theory]
    [InlineData("CFItems"), InlineData("CFDocuments"), InlineData("CFPackages")]
    public async Task What_is_no_part_of_the_schedule_is_not_there(string what)
    {
        using var http = _server.Http();

        using var answer = await http.GetAsync($"https://localhost:{_server.WebPort}/ims/case/v1p1/{what}/{Record.Elif}", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var http = _server.Http();
        return JsonNode.Parse(await http.GetStringAsync($"https://localhost:{_server.WebPort}{path}", Ct))!;
    }
}
