using System.Globalization;
using Sandbox.Agent.Collecting;

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

    /// <summary>Whether an agent that runs has it. Null: the system does not say.</summary>
    public static bool? IsTaken(string folder)
    {
        if (!OperatingSystem.IsLinux()) return null;
        if (FileState.Of(PathOf(folder)) is not { } file) return false;
        try
        {
            // proc_locks(5). To try the lock itself would keep out an agent that starts just then.
            return File.ReadLines("/proc/locks").Any(line => line.Contains(" FLOCK ", StringComparison.Ordinal) && line.Contains($":{file.Inode} ", StringComparison.Ordinal) && IsOn(file.Device, line));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF", in hexadecimal. A file system over several disks, or none, gives stat(2) another number than it has here.
    private static bool IsOn(string device, string line) => device.Split(':') is not [var major, var minor] || major == "0"
        || line.Contains($" {int.Parse(major, CultureInfo.InvariantCulture):x2}:{int.Parse(minor, CultureInfo.InvariantCulture):x2}:", StringComparison.Ordinal);

    private static string PathOf(string folder) => Path.Combine(folder, "lock");
}
