using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Antivirus;

/// <summary>Whether systemd starts a unit by itself: a link to it in a folder of wants (systemctl(1), enable), and no mask.</summary>
internal static class SystemdUnits
{
    private const string Own = "etc/systemd/system";

    public static IReadOnlyList<string> Watches { get; } = [Own, $"{Own}/multi-user.target.wants", $"{Own}/timers.target.wants", $"{Own}/sockets.target.wants"];

    public static bool IsEnabled(RootFolder root, string unit)
    {
        if (!root.Has(Own) || RootFolder.LinkTarget(Path.Combine(root.Resolve(Own), unit)) == "/dev/null") return false;
        return root.List(Own, out _).Any(folder =>
            (folder.EndsWith(".wants", StringComparison.Ordinal) || folder.EndsWith(".requires", StringComparison.Ordinal)) && root.Has($"{Own}/{folder}/{unit}"));
    }
}
