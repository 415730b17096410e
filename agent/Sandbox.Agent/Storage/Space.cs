namespace Sandbox.Agent.Storage;

/// <summary>Size and use of a file system.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Free">What root may still fill.</param>
/// <param name="Available">What everybody may still fill.</param>
internal sealed record Space(long Bytes, long Free, long Available)
{
    /// <summary>Used part as df(1) reckons: of what is used or may be. Null: it has no size.</summary>
    public double? UsedPercent => Bytes - Free + Available is > 0 and var usable ? 100.0 * (Bytes - Free) / usable : null;

    /// <summary>Of what is mounted there now: statvfs(3). Null: the kernel does not say.</summary>
    public static Space? Of(string mountPoint)
    {
        try
        {
            var drive = new DriveInfo(mountPoint);
            return new Space(drive.TotalSize, drive.TotalFreeSpace, drive.AvailableFreeSpace);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
