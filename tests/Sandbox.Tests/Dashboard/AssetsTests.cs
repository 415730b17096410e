using System.IO.Compression;
using System.Net;

namespace Sandbox.Tests.Dashboard;

public sealed class AssetsTests : PagesTest
{
    [Theory]
    [InlineData("/app.css", "text/css"), InlineData("/live.js", "text/javascript"), InlineData("/morph.js", "text/javascript"), InlineData("/icon.svg", "image/svg+xml")]
    public async Task An_asset_is_open_to_everybody_and_compressed_on_request(string path, string type)
    {
        using var http = Server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{Server.WebPort}{path}") { Headers = { { "Accept-Encoding", "br" } } };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        await using var plain = new BrotliStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.NotEmpty(await new StreamReader(plain).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_asset_that_the_browser_has_is_not_sent_again()
    {
        using var http = Server.Http();
        using var first = await http.GetAsync($"https://localhost:{Server.WebPort}/app.css", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{Server.WebPort}/app.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
