using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Grpc.Core;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>A server that ends connections: what can be told of the device's certificate from when it does.</summary>
public sealed class EndedConnections : IDisposable
{
    // The server's settings, the first that it says over HTTP/2 (RFC 9113 §3.4).
    private static readonly byte[] _settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly LabAuthority _authority = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private string Address => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    [Theory]
    [InlineData(true, false, Reason.CertificateForeign)]
    [InlineData(true, true, Reason.Unspecified)]
    [InlineData(false, false, Reason.Unspecified)]
    public async Task Only_the_end_right_after_a_certificate_was_shown_speaks_of_it(bool showsCertificate, bool saysSomething, Reason expected)
    {
        _listener.Start();
        var serving = EndAsync(saysSomething ? _settings : []);

        var trouble = await CallAsync(showsCertificate);
        await serving;

        Assert.Equal(expected, trouble.Reason);
        if (expected == Reason.Unspecified) Assert.Equal($"{Address}: the server ended the connection", trouble.Message);
    }

    [Fact]
    public void A_port_that_does_not_speak_with_agents_is_said_to_be_the_wrong_one()
    {
        using var device = new EnrolledDevice(_authority, "localhost:7443");
        using var channel = new ServerChannel("localhost:7443", new ServerTrust(device.Identity.Authorities, TimeProvider.System), null);

        var trouble = Trouble.Of(new RpcException(new Status(StatusCode.Unimplemented, "Bad gRPC response. HTTP status code: 404")), "localhost:7443", channel);

        Assert.StartsWith("localhost:7443: something answers there, but it does not speak with agents", trouble.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
    }

    private async Task<RefusedException> CallAsync(bool showsCertificate)
    {
        using var device = new EnrolledDevice(_authority, Address);
        using var channel = new ServerChannel(Address, new ServerTrust(device.Identity.Authorities, TimeProvider.System), showsCertificate ? device.Identity.Certificate : null);
        return Trouble.Of(await Assert.ThrowsAsync<RpcException>(async () => await channel.Enrolment.RenewAsync(new RenewRequest())), Address, channel);
    }

    // Takes every certificate, reads what the client says first, answers or not, and ends.
    private async Task EndAsync(byte[] answer)
    {
        using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _authority.Server(),
            ClientCertificateRequired = true,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null or { Subject: "CN=someone" },
        });
        await tls.ReadAtLeastAsync(new byte[24], 24, cancellationToken: TestContext.Current.CancellationToken);
        await tls.WriteAsync(answer, TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
