using System.Runtime.InteropServices;

namespace Sandbox.Agent;

/// <summary>Folders whose names survive a power cut. The helper for seeded faults is compiled with it, too.</summary>
internal static partial class DurableFolder
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Makes names that were added to or taken from a folder durable (fsync(2): a file's own fsync does not cover its name).</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0) throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        var failed = Force(descriptor) < 0;
        var words = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (failed) throw new IOException($"{folder} cannot be forced to disk: {words}");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Force(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
