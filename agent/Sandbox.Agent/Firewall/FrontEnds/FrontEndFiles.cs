using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>Every front end that is known here, as far as it is there, sorted by name.</summary>
internal static class FrontEndFiles
{
    /// <summary>Files and folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } =
        [.. Firewalld.Watches, .. SavedIptables.Watches, .. NftablesConf.Watches, .. Ufw.Watches];

    public static IEnumerable<FirewallFrontEnd> Read(RootFolder root, LiveRules live, UnseenNotes unseen)
    {
        var units = new EnabledUnits(root);
        FirewallFrontEnd?[] all =
        [
            Firewalld.Read(root, units, live, unseen), SavedIptables.RedHat.Read(root, units, live, unseen),
            SavedIptables.Debian.Read(root, units, live, unseen), NftablesConf.Read(root, units, live, unseen), Ufw.Read(root, units, live, unseen),
        ];
        return all.OfType<FirewallFrontEnd>();
    }

    /// <summary>Whether the program is there.</summary>
    public static bool HasProgram(RootFolder root, string name) => root.Has($"usr/sbin/{name}") || root.Has($"sbin/{name}");

    /// <summary>Whether what was looked for is in force: not finding it says so only where everything was seen.</summary>
    public static bool? InForce(LiveRules live, bool found) => found ? true : live.Complete ? false : null;

    /// <summary>The text of a file that need not be there; when it is there and cannot be read, that is noted. Null: no text.</summary>
    public static string? Text(RootFolder root, string path, UnseenNotes unseen)
    {
        if (!root.Has(path)) return null;
        if (root.TryRead(path, out var text, out var fault)) return text;
        unseen.Add(fault);
        return null;
    }
}
