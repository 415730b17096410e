using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>What other machines say that they use or see of a machine.</summary>
internal static class Seen
{
    private static readonly string[] OfNfs = ["nfs-server.service", "nfs-kernel-server.service"];
    private static readonly string[] OfSamba = ["smbd.service", "smb.service"];
    private static readonly string[] OfTime = ["chrony.service", "chronyd.service", "ntpsec.service", "ntp.service", "ntpd.service"];

    /// <summary>One has mounted a folder that this machine shares.</summary>
    /// <param name="place">A share's name, in whatever case, or an exported path; empty: whichever.</param>
    /// <param name="facts">What this machine says.</param>
    /// <param name="isSamba">Shared by Samba; else by NFS.</param>
    public static Outlook Mounted(string place, DeviceFacts facts, bool isSamba) => new(Fact.KindOneofCase.Shares, isSamba ? "//" : place, "has mounted it",
        fact => fact.Shares.RemoteMounts.Any(one => one is { HasMounted: true, Mounted: true } && (isSamba ? IsSamba(one.Source, place, facts) : IsNfs(one.Source, place, facts)))) { Rivals = OwnNames.Namesakes(facts) };

    /// <summary>One spoke with an interface of this machine on their common link.</summary>
    /// <param name="mac">The interface's hardware address.</param>
    public static Outlook OnTheLink(string mac) => new(Fact.KindOneofCase.Neighbours, mac, "spoke with it on their common network",
        fact => fact.Neighbours.Neighbours_.Any(one => one.MacAddress == mac && one is not { HasPermanent: true, Permanent: true } and not { HasRouter: true, Router: true }))
    {
        Rivals = [new Outlook(Fact.KindOneofCase.NetworkInterfaces, mac, "", fact => fact.NetworkInterfaces.Interfaces.Any(one => one.MacAddress == mac))],
    };

    /// <summary>One uses a service of this machine, as far as agents report what they use.</summary>
    /// <param name="unit">The service.</param>
    /// <param name="facts">What this machine says.</param>
    public static IReadOnlyList<Outlook> Served(string unit, DeviceFacts facts) =>
        OfNfs.Contains(unit) ? [Mounted("", facts, isSamba: false)]
        : OfSamba.Contains(unit) ? [Mounted("", facts, isSamba: true)]
        : OfTime.Contains(unit) ? [new Outlook(Fact.KindOneofCase.TimeSync, "", "takes its time from it",
            fact => fact.TimeSync is { HasSynchronised: true, Synchronised: true } && fact.TimeSync.Services.Any(one => one is { HasRunning: true, Running: true } && one.Sources.Any(source => OwnNames.IsReachedAs(source.Address, facts)))) { Rivals = OwnNames.Namesakes(facts) }]
        : [];

    private static bool IsSamba(string source, string share, DeviceFacts facts) =>
        source.StartsWith("//", StringComparison.Ordinal) && source[2..].Split('/') is [var host, var name, ..] && (share.Length == 0 || name.Equals(share, StringComparison.OrdinalIgnoreCase)) && OwnNames.IsReachedAs(host, facts);

    // A folder below the exported one is mounted by the same right.
    private static bool IsNfs(string source, string path, DeviceFacts facts) =>
        source.IndexOf(":/", StringComparison.Ordinal) is > 0 and var end && OwnNames.IsReachedAs(source[..end].Trim('[', ']'), facts)
        && (path.Length == 0 || source[(end + 1)..] == path || source[(end + 1)..].StartsWith($"{path}/", StringComparison.Ordinal));
}
