using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>The handshakes of the two ports. Both show the same certificate; only the agents' asks for one in return.</summary>
internal sealed partial class Tls(ServerCertificate certificate, DeviceCertificates devices, ServerSettings settings, ILogger<Tls> logger)
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
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Context(ref _agent),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            CertificateChainPolicy = devices.Policy(),
            RemoteCertificateValidationCallback = IsOurs,
            AllowTlsResume = false,
        }),
    };

    private bool IsOurs(object sender, X509Certificate? client, X509Chain? chain, SslPolicyErrors errors)
    {
        if (client is null || errors == SslPolicyErrors.None) return true;
        var why = chain?.ChainStatus.Select(x => x.StatusInformation.Trim()).FirstOrDefault() ?? errors.ToString();
        Foreign(client.Subject, client.Issuer, why);
        return false;
    }

    private SslStreamCertificateContext Context(ref (X509Certificate2 For, SslStreamCertificateContext Context)? kept)
    {
        var now = certificate.For(settings.Host);
        if (kept is not { } good || !ReferenceEquals(good.For, now)) kept = good = (now, SslStreamCertificateContext.Create(now, additionalCertificates: null, offline: true));
        return good.Context;
    }

    [LoggerMessage(3010, LogLevel.Warning, "CERTIFICATE_FOREIGN: ended a handshake on the agents' port: the certificate of {Subject}, issued by {Issuer}, is not one of this server's ({Why}). A device of another server, or of this one before its CA was made anew: it must enrol again")]
    private partial void Foreign(string subject, string issuer, string why);
}
