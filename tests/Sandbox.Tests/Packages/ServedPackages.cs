using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Sandbox.Server.Pki;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Packages;

/// <summary>What the server hands to a machine that has nothing to show yet: packages, and the script that installs them.</summary>
public sealed class ServedPackages : IAsyncLifetime
{
    private const string Name = "sandbox-agent_0.1.0_amd64.deb";
    private RunningServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/install"), InlineData("/packages/SHA256SUMS"), InlineData("/packages/" + Name)]
    public async Task Without_packages_the_answer_says_what_to_type_on_the_server(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("type on the server, in a checkout: deploy/package", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Name, "application/vnd.debian.binary-package"), InlineData("sandbox-agent_0.1.0_linux-amd64.tar.gz", "application/gzip"), InlineData("SHA256SUMS", "text/plain")]
    public async Task A_package_is_served_as_what_it_is(string name, string type)
    {
        Put(name, "bytes of it");

        using var answer = await GetAsync($"/packages/{name}");

        Assert.Equal((HttpStatusCode.OK, type, 11L), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentLength));
        Assert.Equal("bytes of it", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_download_that_broke_off_goes_on_where_it_was()
    {
        Put(Name, "0123456789");
        using var http = _server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"/packages/{Name}")) { Headers = { Range = new RangeHeaderValue(4, null) } };

        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal((HttpStatusCode.PartialContent, "456789"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)));
    }

    [Theory]
    [InlineData("../server.json"), InlineData("..%2Fserver.json"), InlineData("%2e%2e%2fserver.json"), InlineData("..%5Cserver.json"), InlineData("%2e%2e"), InlineData("."), InlineData("below%2Fsecret")]
    [InlineData("below"), InlineData("link"), InlineData(".hidden"), InlineData("SHA256SUMS%00"), InlineData("SHA256SUMS%0A"), InlineData("%2Fetc%2Fpasswd")]
    public async Task Nothing_is_served_but_files_of_the_folder_itself(string name)
    {
        Put("SHA256SUMS", "sums");
        Put(".hidden", "secret");
        Put("below/secret", "secret");
        File.CreateSymbolicLink(At("link"), _server.Folder.Folders.Settings);

        using var answer = await GetAsync($"/packages/{name}");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("webPort", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_goes_back_to_this_server_and_to_no_other_key()
    {
        Put("SHA256SUMS", "sums");
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
            _server.App.Services.GetRequiredService<ServerCertificate>().For("localhost").RawData);

        using var answer = await GetAsync("/install");

        var script = await answer.Content.ReadAsStringAsync(Ct);
        var pin = Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("#!/bin/sh\n", script, StringComparison.Ordinal);
        Assert.Contains($"server='https://localhost:{_server.WebPort}' pin='sha256//{pin}'\n", script, StringComparison.Ordinal);
        Assert.DoesNotMatch("@[A-Z]+@", script);
    }

    private string At(string name) => Path.Combine(_server.Folder.Folders.Packages, name);

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private Uri Address(string path) => new($"https://localhost:{_server.WebPort}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var http = _server.Http();
        return await http.GetAsync(Address(path), Ct);
    }
}
