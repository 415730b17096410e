using System.Runtime.InteropServices;

namespace Sandbox.Server.Pki;

/// <summary>fsync(2) of a folder, which makes a rename in it durable; .NET opens files only.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Does it; nothing on Windows, which has no such call.</summary>
    /// <exception cref="IOException">The disk said no.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(path, ReadOnly);
        if (folder < 0) throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Sync(folder) != 0) throw new IOException($"{path} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
