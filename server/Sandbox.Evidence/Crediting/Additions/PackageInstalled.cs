using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 1.2: a package that somebody asked for and that was absent when the device was first seen. Dependencies, other versions and packages that are installed
/// once more do not count, nor one of which the system keeps no mark of whether it was asked for.
/// </summary>
internal sealed class PackageInstalled() : Addition("1.2", "package.installed", "package", Fact.KindOneofCase.Software)
{
    /// <summary>A device reads its packages while some are installed and others are not yet.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    // What installs nothing: apt-get(8), dpkg(1).
    private static readonly string[] OnlyTries = ["-s", "--simulate", "--dry-run", "--no-act", "--just-print", "--recon", "-d", "--download-only", "--downloadonly", "--print-uris", "--assumeno"];

    private const string Access = "who may use it, and with what rights, is not seen: the half of the line on access controls is for the mentor to look at";

    private const string NoSource = "no repository that the machine knows has this version, so it may be anybody's own package";

    public override string Counts => "software that somebody asked for and that was not there";

    /// <summary>Packages are fetched and questions are answered before anything is installed.</summary>
    public override TimeSpan Lasts => TimeSpan.FromHours(1);

    protected override IEnumerable<string> Names(Fact fact) => fact.Software.Packages.Select(one => one.Name);

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) => fact.Software.Packages.Where(one => one is { HasAutomatic: true, Automatic: false }).DistinctBy(one => one.Name).Select(one =>
        new Thing(one.Name, one.Version.Length > 0 ? $"installed, version {one.Version}" : "installed") { Reservation = string.Join("; ", Reservations(one)) });

    private IEnumerable<string> Reservations(Package one) =>
        [Access, .. one.HasRepository ? (string[])[] : [NoSource], .. Mends(one.Name) ? [SharedActs.Words(Act)] : (string[])[]];

    private static bool Mends(string name) => name is "ufw" or "firewalld" or "nftables" or "iptables-persistent" or "mdatp" || name.StartsWith("clamav", StringComparison.Ordinal) || name.StartsWith("libpam-", StringComparison.Ordinal);

    // A dependency that somebody marks as wanted was installed before.
    protected override bool CanCome(string name, Fact before) => !Names(before).Contains(name);

    protected override string Lost(string name, Fact shown) => Names(shown).Contains(name) ? "nobody asked for the package: it came along as a dependency" : "the package was removed";

    protected override bool Explains(string name, EvidenceItem item, AdminAct act)
    {
        if (Latest(act) < item.NotBefore - LongestRun) return false;
        if (act.Action == Action.Install) return act.Objects.Any(one => one is { Kind: "package", Detail: "install", Automatic: false } && one.Name == name);
        if (act.Arguments.Any(OnlyTries.Contains)) return false;
        return (Installs(act) && act.Arguments.Any(word => word == name || (word.StartsWith(name, StringComparison.Ordinal) && word[name.Length] is '=' or '/' or ':' or '+')))
            || (Trace.IsRunWith(act, "dpkg", "-i", "--install") && act.Arguments.Any(word => word[(word.LastIndexOf('/') + 1)..].StartsWith($"{name}_", StringComparison.Ordinal)));
    }

    private static bool Installs(AdminAct act) =>
        Trace.IsRunWith(act, "apt", "install") || Trace.IsRunWith(act, "apt-get", "install") || Trace.IsRunWith(act, "aptitude", "install") || Trace.IsRunWith(act, "dnf", "install") || Trace.IsRunWith(act, "yum", "install");

    // apt's own record, which comes when it begins to install, is later than the command that was typed. Null: no record says when.
    private static DateTimeOffset? Latest(AdminAct act) => act.Records.Select(one => SeenAct.At(one.OccurredAt)).Append(SeenAct.At(act.OccurredAt)).Max();
}
