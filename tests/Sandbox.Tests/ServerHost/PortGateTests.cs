using System.Net;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Tests.Enrolment;

namespace Sandbox.Tests.ServerHost;

/// <summary>Which port answers what, and to whom, whatever the Host header says.</summary>
public sealed class PortGateTests(PortGateTests.Fixture fixture) : IClassFixture<PortGateTests.Fixture>
{
    private RunningServer Server => fixture.Server;

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/setup")]
    [InlineData("/nothing")]
    public async Task Pages_do_not_answer_on_the_agents_port(string path)
    {
        using var plain = await Get(Server.AgentPort, path);
        using var spoofed = await Get(Server.AgentPort, path, $"localhost:{Server.WebPort}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (plain.StatusCode, spoofed.StatusCode));
    }

    [Theory]
    [InlineData("/sandbox.v1.Enrolment/Enrol")]
    [InlineData("/sandbox.v1.Enrolment/Renew")]
    [InlineData("/sandbox.v1.Telemetry/Stream")]
    [InlineData("/sandbox.v1.Enrolment/NoSuchMethod")]
    public async Task Agents_calls_do_not_answer_on_the_web_port(string path)
    {
        var plain = await Call(path, host: null);
        var spoofed = await Call(path, $"localhost:{Server.AgentPort}");

        Assert.Equal((false, false), (plain, spoofed));
    }

    [Fact]
    public async Task Even_an_enrolled_machine_with_a_good_code_gets_nowhere_on_the_web_port()
    {
        var token = await Machine.TokenAsync(Server);
        using var channel = Server.Channel(port: Server.WebPort);
        using var machine = new Machine(Server);

        var fault = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await new Protocol.Enrolment.EnrolmentClient(channel).EnrolAsync(
            new Protocol.EnrolRequest { Token = Google.Protobuf.ByteString.CopyFrom(token), CertificateSigningRequest = Google.Protobuf.ByteString.CopyFrom(machine.Request()) },
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(Grpc.Core.StatusCode.Unimplemented, fault.StatusCode);
        await machine.EnrolAsync(token);
    }

    [Fact]
    public async Task An_enrolled_machine_reads_nothing_of_the_log_as_a_program()
    {
        using var machine = new Machine(Server);
        await machine.EnrolAsync(await Machine.TokenAsync(Server));
        using var channel = Server.Channel(machine.Certificate, Server.WebPort);

        var fault = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await new Protocol.Evidence.EvidenceClient(channel).GetCheckpointAsync(
            new Protocol.GetCheckpointRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(Grpc.Core.StatusCode.Unauthenticated, fault.StatusCode);
    }

    [Fact]
    public async Task The_CA_certificate_is_served_on_both_ports()
    {
        using var web = await Get(Server.WebPort, "/ca.crt");
        using var agent = await Get(Server.AgentPort, "/ca.crt");

        var ct = TestContext.Current.CancellationToken;
        Assert.Equal(Server.Keys.Authority.ExportPem(), await web.Content.ReadAsStringAsync(ct));
        Assert.Equal(Server.Keys.Authority.ExportPem(), await agent.Content.ReadAsStringAsync(ct));
    }

    [Fact]
    public async Task Health_is_ok_while_the_database_answers()
    {
        using var answer = await Get(Server.WebPort, "/healthz");

        Assert.Equal((HttpStatusCode.OK, "ok"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Browsers_are_told_what_to_keep_to()
    {
        using var answer = await Get(Server.WebPort, "/healthz");

        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Pages_speak_HTTP_1_and_2(string version)
    {
        using var http = Server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{Server.WebPort}/healthz") { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version.ToString()));
    }

    [Fact]
    public void Only_these_routes_are_open()
    {
        var open = Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IAllowAnonymous>() is not null && x.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
            .Select(x => x.RoutePattern.RawText!).Where(x => !IsStatic(x)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(OpenOnPurpose.Order(StringComparer.Ordinal), open);
    }

    [Fact]
    public void Every_gRPC_method_is_guarded_by_the_interceptor()
    {
        var grpc = Server.App.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<GrpcServiceOptions>>().Value;

        Assert.Contains(grpc.Interceptors, x => x.Type == typeof(Sandbox.Server.Devices.DeviceInterceptor));
    }

    private static string[] OpenOnPurpose => ["/ca.crt", "/healthz", "/ims/case/v1p1/CFDocuments/{id:guid}", "/ims/case/v1p1/CFItems/{id:guid}", "/ims/case/v1p1/CFPackages/{id:guid}", "/install", "/issuer", "/issuer/jwks", "/issuer/revocations", "/join", "/join/check", "/log/checkpoint", "/log/handovers/{id}", "/log/key", "/log/proof/{index:long:min(0)}", "/log/tile/{**path}", "/packages/{name}", "/setup", "/setup/check", "/sign-in", "/sign-out"];

    private static bool IsStatic(string path) => Path.GetExtension(path) is ".css" or ".js" or ".svg" or ".png" or ".ico" or ".woff2" or ".webmanifest";

    private async Task<HttpResponseMessage> Get(int port, string path, string? host = null)
    {
        using var http = Server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{port}{path}") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Host = host;
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    // Whether gRPC answered: it always says so in a header or trailer, also when it refuses.
    private async Task<bool> Call(string path, string? host)
    {
        using var http = Server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{Server.WebPort}{path}") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Host = host;
        request.Headers.TE.ParseAdd("trailers");
        request.Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new("application/grpc") } };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.OK || answer.Headers.Contains("grpc-status");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
