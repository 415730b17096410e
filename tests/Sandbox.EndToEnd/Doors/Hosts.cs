using System.Net;

namespace Sandbox.EndToEnd.Doors;

/// <summary>A Host header opens no door: what answers depends on the port that a connection came in on.</summary>
public sealed class Hosts(SharedLab shared) : IClassFixture<SharedLab>
{
    [Theory]
    [InlineData("/sandbox.v1.Telemetry/Stream"), InlineData("/sandbox.v1.Enrolment/Enrol"), InlineData("/sandbox.v1.Enrolment/Renew")]
    public async Task The_web_port_answers_no_agent_whatever_the_host_says(string method)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{shared.Lab.WebPort}{method}");
        call.Headers.Host = $"localhost:{shared.Lab.AgentPort}";
        call.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
        call.Content.Headers.ContentType = new("application/grpc");

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(call));
    }

    [Theory]
    [InlineData("/"), InlineData("/sign-in"), InlineData("/setup"), InlineData("/healthz")]
    public async Task The_agents_port_shows_no_page_whatever_the_host_says(string path)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{shared.Lab.AgentPort}{path}");
        call.Headers.Host = $"localhost:{shared.Lab.WebPort}";

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(call));
    }

    [Fact]
    public async Task A_page_is_closed_to_those_who_have_not_signed_in()
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{shared.Lab.WebPort}/devices");

        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(call));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpRequestMessage call)
    {
        // The lab's CA is not what these tests are about.
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using var client = new HttpClient(handler);
        (call.Version, call.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        using var answer = await client.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
