using System.Runtime.InteropServices;

namespace Sandbox.EndToEnd.Harness;

/// <summary>A real disk of some megabytes in the place of a folder: tmpfs, which only root may mount.</summary>
internal sealed partial class SmallDisk : IDisposable
{
    private const int DetachLazily = 2;
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one on a folder, which is made.</summary>
    /// <returns>Null: this process may not mount, and <paramref name="why"/> says why.</returns>
    public static SmallDisk? Mount(string folder, int megabytes, out string why)
    {
        Directory.CreateDirectory(folder);
        why = Environment.IsPrivilegedProcess ? "" : "mounting a small disk needs root";
        if (why.Length > 0) return null;
        if (Mount("tmpfs", folder, "tmpfs", 0, $"size={megabytes}m,mode=0755") == 0) return new SmallDisk(folder);
        why = $"this machine lets nobody mount: {Marshal.GetLastPInvokeErrorMessage()}";
        return null;
    }

    /// <summary>Takes all room.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true) ballast.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Ballast);

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <inheritdoc/>
    public void Dispose() => _ = Unmount(_folder, DetachLazily);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmount(string target, int flags);
}
