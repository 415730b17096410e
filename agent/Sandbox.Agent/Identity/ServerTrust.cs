using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>
/// Whether a server may be talked to: its certificate leads to a pinned CA and is for servers. Names are not compared, so that a server
/// may move; nothing is looked up. Remembers in words why it last said no.
/// </summary>
internal sealed class ServerTrust(X509Certificate2Collection authorities, TimeProvider time)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the last server was refused; null: the last one was good.</summary>
    public string? Fault { get; private set; }

    /// <summary>The code of <see cref="Fault"/>; unspecified when the server was good, or may be once a clock is put right.</summary>
    public Reason Reason { get; private set; }

    /// <summary>For the TLS handshake.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        Reason = certificate is null ? Reason.ServerUntrusted : Reason.Unspecified;
        Fault = certificate is null ? "the server showed no certificate" : FaultOf(new X509Certificate2(certificate), presented);
        return Fault is null;
    }

    private string? FaultOf(X509Certificate2 certificate, X509Chain? presented)
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        if (chain.Build(certificate)) return null;

        var now = time.GetUtcNow();
        if (now < certificate.NotBefore.ToUniversalTime())
            return $"the server's certificate is not valid before {certificate.NotBefore.ToUniversalTime():u}, and this machine's clock says {now:u}; {WhoseClock}";
        if (now > certificate.NotAfter.ToUniversalTime())
            return $"the server's certificate ended at {certificate.NotAfter.ToUniversalTime():u}, and this machine's clock says {now:u}; {WhoseClock}";
        Reason = Reason.ServerUntrusted;
        var why = string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct());
        return $"the server's certificate does not come from the CA that this device was enrolled with ({why}). It is another server, or one whose CA was made anew while this machine was away: then ask for a new join code and type: {Typed.Agent("enrol -")}";
    }

    private const string WhoseClock = "if the clock is wrong set it, e.g. timedatectl set-ntp true; if it is right the server must renew its certificate";

    private X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        ApplicationPolicy = { new Oid(ServerAuthentication) },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationTime = time.GetUtcNow().UtcDateTime,
        VerificationTimeIgnored = false,
    };
}
