using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Which facts can be what a device said first.</summary>
internal static class Beginnable
{
    /// <summary>Agents list no more queues than these.</summary>
    private const int MostQueues = 100;

    /// <summary>Whether later ones can be compared with it, so that it must hold all there is.</summary>
    public static bool Is(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.Accounts => AccountAdded.IsWhole(fact.Accounts),
        Fact.KindOneofCase.PasswordPolicy => true,
        Fact.KindOneofCase.AdminRights => fact.AdminRights.Unseen.Count == 0,
        Fact.KindOneofCase.Antivirus => fact.Antivirus.Unseen.Count == 0,
        Fact.KindOneofCase.Backup => fact.Backup.Unseen.Count == 0,
        Fact.KindOneofCase.Encryption => fact.Encryption.Unseen.Count == 0,
        Fact.KindOneofCase.Firewall => fact.Firewall.Unseen.Count == 0,
        Fact.KindOneofCase.RemoteAccess => fact.RemoteAccess.Unseen.Count == 0,
        Fact.KindOneofCase.Software => fact.Software.Packages.Count > 0 && !Hidden(fact.Software.Unseen, "/var/lib/dpkg/status", "/var/lib/rpm", "/usr/lib/sysimage/rpm"),
        Fact.KindOneofCase.Printing => !fact.Printing.Installed || (fact.Printing.Source == Printing.Types.Source.Asked && fact.Printing.Queues.Count < MostQueues),
        Fact.KindOneofCase.Shares => !Hidden(fact.Shares.Unseen, "/etc/samba", "/var/lib/samba", "/etc/exports"),
        Fact.KindOneofCase.Services => fact.Services.Units.Count > 0 && !Hidden(fact.Services.Unseen, "/etc/systemd/", "/run/systemd/", "/usr/lib/systemd/"),
        Fact.KindOneofCase.Storage => fact.Storage.Filesystems.Count > 0 && !Hidden(fact.Storage.Unseen, "/etc/fstab", "/proc/", "/sys/block"),
        Fact.KindOneofCase.Wifi => !Hidden(fact.Wifi.Unseen, "/etc/", "/run/", "/usr/", "/var/lib/iwd"),
        Fact.KindOneofCase.NetworkInterfaces => fact.NetworkInterfaces.Interfaces.Count > 0 && !Hidden(fact.NetworkInterfaces.Unseen, "getifaddrs", "/sys/class/net"),
        _ => false,
    };

    // Places of what a list is made of; what else could not be seen leaves it whole, and so does what is not there.
    private static bool Hidden(IEnumerable<Unseen> unseen, params string[] places) => unseen.Any(one => one.Why != "not present" && Array.Exists(places, place => one.What.StartsWith(place, StringComparison.Ordinal)));
}
