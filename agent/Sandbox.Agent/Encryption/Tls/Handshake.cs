using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>One TLS handshake, given up before anything is said in it: what a server shows of itself.</summary>
internal static class Handshake
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>What came of it.</summary>
    public static async Task<TlsListener> WithAsync(IPEndPoint listener, CancellationToken ct)
    {
        var said = new TlsListener { Address = listener.Address.ToString(), Port = (uint)listener.Port };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            await AskAsync(said, Near(listener), limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            said.Why = $"no handshake within {Longest.TotalSeconds} s";
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException or CryptographicException)
        {
            // Messages of the systems below are for nobody and differ from one to the next.
            said.Why = fault is SocketException ? "it takes no connection" : "it does not answer to TLS, or wants a certificate of ours";
        }
        return said;
    }

    private static async Task AskAsync(TlsListener said, IPEndPoint at, CancellationToken ct)
    {
        using var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(at, ct);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            // Nothing is said over it and nothing believed of it: the certificate is what is asked for, good or bad.
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        }, ct);
        if (tls.RemoteCertificate is X509Certificate2 shown) said.Certificate = CertificateWords.Of(shown);
        said.Protocol = tls.SslProtocol switch { SslProtocols.Tls13 => "TLS 1.3", SslProtocols.Tls12 => "TLS 1.2", var other => other.ToString() };
    }

    private static IPEndPoint Near(IPEndPoint listener) =>
        listener.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, listener.Port) : listener.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, listener.Port) : listener;
}
