using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory;

/// <summary>When the system was installed, as far as it can be told.</summary>
internal static class LinuxInstallation
{
    /// <summary>The installer's log if it left one, else the birth of the root folder. Null: not known.</summary>
    public static DateTimeOffset? At(RootFolder root)
    {
        if (root.Resolve("var/log/installer") is var log && Directory.Exists(log)) return Second(Directory.GetLastWriteTimeUtc(log));
        var born = Directory.GetCreationTimeUtc(root.Path);
        // Where the file system keeps no birth, the earlier of two later times is given instead.
        return born == Directory.GetLastWriteTimeUtc(root.Path) || born <= DateTime.UnixEpoch ? null : Second(born);
    }

    private static DateTimeOffset Second(DateTime utc) =>
        DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds());
}
