using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sandbox.Server.Devices;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>The handshakes of the two ports. Both show the same certificate; only the agents' asks for one in return.</summary>
internal sealed class Tls(ServerCertificate certificate, DeviceCertificates devices, ServerSettings settings, Refused refused)
{
    // A context of its own for each port: a session of one is never resumed on the other.
    private (X509Certificate2 For, SslStreamCertificateContext Context)? _web;
    private (X509Certificate2 For, SslStreamCertificateContext Context)? _agent;

    /// <summary>Pages: no client certificate.</summary>
    public TlsHandshakeCallbackOptions Web() => new()
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Context(ref _web),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        }),
    };

    /// <summary>Agents: a certificate is asked for and not demanded, since one that enrols has none yet.</summary>
    public TlsHandshakeCallbackOptions Agent() => new()
    {
        // A lab that comes back at once waits for its handshakes; with the usual 10 s many would fail and come again.
        HandshakeTimeout = TimeSpan.FromSeconds(30),
        OnConnection = connection => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Context(ref _agent),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            CertificateChainPolicy = devices.Policy(),
            RemoteCertificateValidationCallback = (_, client, chain, errors) => IsOurs(client, chain, errors, connection.Connection.RemoteEndPoint),
            AllowTlsResume = false,
        }),
    };

    private bool IsOurs(X509Certificate? client, X509Chain? chain, SslPolicyErrors errors, EndPoint? from)
    {
        if (client is null || errors == SslPolicyErrors.None) return true;
        var why = chain?.ChainStatus.Select(x => x.StatusInformation.Trim()).FirstOrDefault() ?? errors.ToString();
        refused.Handshake(from, $"the certificate of {client.Subject}, issued by {client.Issuer}, is not one of this server's ({why})");
        return false;
    }

    private SslStreamCertificateContext Context(ref (X509Certificate2 For, SslStreamCertificateContext Context)? kept)
    {
        var now = certificate.For(settings.Host);
        if (kept is not { } good || !ReferenceEquals(good.For, now)) kept = good = (now, SslStreamCertificateContext.Create(now, additionalCertificates: null, offline: true));
        return good.Context;
    }
}
