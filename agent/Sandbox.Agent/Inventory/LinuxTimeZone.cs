using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The zone in force is the link's; /etc/timezone is only a note of the same (localtime(5)).</summary>
internal static class LinuxTimeZone
{
    private const string Zones = "zoneinfo/";

    /// <summary>IANA name. Null: not configured, or unseen and said so.</summary>
    public static string? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        var at = root.Resolve("etc");
        if (RootFolder.LinkTarget(Path.Combine(at, "localtime")) is { } target
            && target.IndexOf(Zones, StringComparison.Ordinal) is >= 0 and var start)
            return target[(start + Zones.Length)..];
        if (root.Line("etc/timezone") is { } noted) return noted;
        if (root.Has("etc/localtime"))
            unseen.Add(Why.Of("etc/localtime", "a copy that does not say its name", "Make it a link: sudo timedatectl set-timezone ZONE"));
        return null;
    }
}
