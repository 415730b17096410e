using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.Licence.Types;

namespace Sandbox.Agent.Inventory;

/// <summary>Subscriptions that a machine knows of itself.</summary>
internal static class Licences
{
    private const string Consumer = "etc/pki/consumer";
    private const string Entitlements = "etc/pki/entitlement";
    private const string Suse = "etc/zypp/credentials.d";

    public static IReadOnlyList<string> Watches { get; } = [UbuntuPro.Status, Consumer, Entitlements, Suse];

    /// <summary>Sorted by name.</summary>
    public static IEnumerable<Licence> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (root.Has("etc/rhsm")) yield return RedHat(root, unseen);
        // The file holds a password: that it is there says enough.
        if (root.Has($"{Suse}/SCCcredentials")) yield return new Licence { Name = "SUSE subscription", State = State.Attached };
        if (UbuntuPro.Read(root, unseen) is { } pro) yield return pro;
    }

    private static Licence RedHat(RootFolder root, ICollection<Unseen> unseen)
    {
        var attached = root.Has($"{Consumer}/cert.pem");
        var licence = new Licence { Name = "Red Hat subscription", State = attached ? State.Attached : State.NotAttached };
        if (attached && Expiry(root, unseen) is { } at) licence.ExpiresAt = at.ToTimestamp();
        return licence;
    }

    // The last of the entitlements to run out. The keys lie beside them as NUMBER-key.pem and are not opened.
    private static DateTimeOffset? Expiry(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.Has(Entitlements)) return null;
        var names = root.List(Entitlements, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => name.EndsWith(".pem", StringComparison.Ordinal) && !name.EndsWith("-key.pem", StringComparison.Ordinal)).Take(100)
            .Select(name => NotAfter(root, $"{Entitlements}/{name}", unseen)).Max();
    }

    private static DateTimeOffset? NotAfter(RootFolder root, string path, ICollection<Unseen> unseen)
    {
        try
        {
            if (root.TryRead(path, out var text, out var fault))
            {
                using var certificate = X509Certificate2.CreateFromPem(text);
                return new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
            }
            unseen.Add(fault);
        }
        catch (CryptographicException)
        {
            unseen.Add(Why.Of(path, "not a certificate"));
        }
        return null;
    }
}
