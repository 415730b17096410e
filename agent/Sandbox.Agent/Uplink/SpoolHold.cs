namespace Sandbox.Agent.Uplink;

/// <summary>The lock that keeps a second agent out of a spool; the system lets go of it when the process ends, however it ends.</summary>
internal static class SpoolHold
{
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    // `status` shares it for some microseconds.
    private const int MostTries = 100;

    /// <summary>Takes it until the stream is disposed.</summary>
    /// <exception cref="SetupException">Another process holds it, or the folder is not ours.</exception>
    public static FileStream Take(string folder)
    {
        try
        {
            return Patiently(() => DurableFile.Create(PathOf(folder), FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new SetupException($"Another sandbox-agent is using {folder}. Stop it first, or give this one its own folder: {Typed.Agent("run --data DIR")}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{folder} belongs to another user. Run this with sudo, or give it its own folder: {Typed.Agent("run --data DIR")}");
        }
    }

    /// <summary>Whether an agent that runs has it. Null: one may not ask.</summary>
    public static bool? IsTaken(string folder)
    {
        try
        {
            // For a moment it is shared: proc_locks(5) would say it without that, but not what a process of another PID namespace holds.
            File.OpenHandle(PathOf(folder), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return true;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStream Patiently(Func<FileStream> take)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return take();
            }
            catch (IOException fault) when (IsHeld(fault) && tries < MostTries)
            {
                Thread.Yield();
            }
        }
    }

    private static bool IsHeld(IOException fault) => fault.HResult is LinuxHeld or MacHeld or WindowsHeld;

    private static string PathOf(string folder) => Path.Combine(folder, "lock");
}
