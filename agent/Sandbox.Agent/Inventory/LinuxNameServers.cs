using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>resolv.conf(5).</summary>
internal static class LinuxNameServers
{
    /// <summary>Below the root folder.</summary>
    public const string Source = "etc/resolv.conf";

    // MAXNS: the resolver asks no more.
    private const int Most = 3;

    public static IReadOnlyList<string> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        var found = new List<string>();
        if (!root.TryRead(Source, out var text, out var missing))
        {
            unseen.Add(missing);
            return found;
        }
        foreach (var line in text.Split('\n'))
        {
            // The keyword must begin the line.
            if (!line.StartsWith("nameserver", StringComparison.Ordinal)) continue;
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["nameserver", var server, ..]) found.Add(server);
            if (found.Count == Most) break;
        }
        return found;
    }
}
