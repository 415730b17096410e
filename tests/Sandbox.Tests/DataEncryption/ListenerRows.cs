using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Encryption.Tls;

namespace Sandbox.Tests.DataEncryption;

/// <summary>A handshake with real sockets on loopback.</summary>
public sealed class ListenerRows : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ListenerRows() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    private IPEndPoint At => (IPEndPoint)_listener.LocalEndpoint;

    [Fact]
    public async Task A_server_shows_its_certificate()
    {
        using var certificate = Made();
        var server = ServeAsync(certificate);

        var said = await Handshake.WithAsync(At, TestContext.Current.CancellationToken);

        await server;
        Assert.Equal(("127.0.0.1", (uint)At.Port, "TLS 1.3", "CN=lab", false), (said.Address, said.Port, said.Protocol, said.Certificate?.Subject, said.HasWhy));
    }

    [Fact]
    public async Task Something_else_that_listens_is_said_not_to_answer_to_TLS()
    {
        var server = SayAsync("HTTP/1.1 400 Bad Request\r\n\r\n");

        var said = await Handshake.WithAsync(At, TestContext.Current.CancellationToken);

        await server;
        Assert.Equal((false, "it does not answer to TLS, or wants a certificate of ours"), (said.HasProtocol, said.Why));
    }

    [Fact]
    public async Task Whoever_says_nothing_is_left_after_a_second()
    {
        var said = await Handshake.WithAsync(At, TestContext.Current.CancellationToken);

        Assert.Equal("no handshake within 1 s", said.Why);
    }

    [Fact]
    public async Task A_closed_port_takes_no_connection()
    {
        var at = At;
        _listener.Stop();

        Assert.Equal("it takes no connection", (await Handshake.WithAsync(at, TestContext.Current.CancellationToken)).Why);
    }

    [Fact]
    public async Task Below_another_root_nobody_is_asked()
    {
        using var machine = new DiskMachine();
        machine.Files.With("proc/net/tcp", "  sl  local_address\n   0: 0100007F:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1602 1\n");
        var notes = new Protocol.Encryption();

        Assert.Empty(await new OwnListeners(new RootFolder(machine.Files.Root), TimeProvider.System).AskAsync(new UnseenNotes(notes.Unseen), TestContext.Current.CancellationToken));
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
    }

    private async Task SayAsync(string text)
    {
        using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new CertificateRequest("CN=lab", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, from.AddYears(1));
    }
}
