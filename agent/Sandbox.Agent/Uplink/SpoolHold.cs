namespace Sandbox.Agent.Uplink;

/// <summary>The lock that keeps a second agent out of a spool; the system lets go of it when the process ends, however it ends.</summary>
internal static class SpoolHold
{
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    /// <summary>Takes it until the stream is disposed.</summary>
    /// <exception cref="SetupException">Another process holds it, or the folder is not ours.</exception>
    public static FileStream Take(string folder)
    {
        try
        {
            return DurableFile.Create(PathOf(folder), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException fault) when (fault.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            throw new SetupException($"Another sandbox-agent is using {folder}. Stop it first, or give this one its own folder: sandbox-agent run --data DIR");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{folder} belongs to another user. Run this with sudo, or give it its own folder: sandbox-agent run --data DIR");
        }
    }

    private static string PathOf(string folder) => Path.Combine(folder, "lock");
}
