using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>One connection to the server's agent port; HTTP/2 pings keep it honest.</summary>
internal sealed class ServerChannel : IDisposable
{
    private static readonly TimeSpan _connect = TimeSpan.FromSeconds(20);
    private readonly GrpcChannel _channel;
    private readonly bool _showsCertificate;
    private volatile ListeningStream? _connection;

    /// <summary>Prepares a connection; it opens with the first call.</summary>
    /// <param name="address">host:port.</param>
    /// <param name="trust">Decides about the server.</param>
    /// <param name="certificate">The device's, with key; null: none yet.</param>
    public ServerChannel(string address, ServerTrust trust, X509Certificate2? certificate)
    {
        (Trust, _showsCertificate) = (trust, certificate is not null);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust.Accepts },
            EnableMultipleHttp2Connections = false,
            ConnectTimeout = _connect,
            PlaintextStreamFilter = (connection, _) => ValueTask.FromResult<Stream>(_connection = new ListeningStream(connection.PlaintextStream)),
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            UseProxy = false,
            UseCookies = false,
        };
        // The context, not the plain list: Windows' TLS sends the certificate only so.
        if (certificate is not null) handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        _channel = GrpcChannel.ForAddress($"https://{address}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            MaxReceiveMessageSize = Wire.LargestMessage,
            MaxSendMessageSize = Wire.LargestMessage,
        });
        Handler = handler;
    }

    /// <summary>What was decided about the server, for the words of an error.</summary>
    public ServerTrust Trust { get; }

    /// <summary>
    /// Whether the server has seen the device's certificate and said nothing since. TLS 1.3 lets the client finish first, and .NET's servers send no alert: a
    /// certificate that one does not want shows as a connection that ends so.
    /// </summary>
    public bool IsSilentAfterCertificate => _showsCertificate && _connection is { Heard: false };

    public Enrolment.EnrolmentClient Enrolment => new(_channel);

    public Telemetry.TelemetryClient Telemetry => new(_channel);

    private SocketsHttpHandler Handler { get; }

    public void Dispose()
    {
        _channel.Dispose();
        Handler.Dispose();
    }
}
