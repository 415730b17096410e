using System.Runtime.InteropServices;

namespace Sandbox.Tests.Spool;

/// <summary>A real disk of 256 KiB: tmpfs, which only root may mount.</summary>
internal sealed partial class SmallDisk : IDisposable
{
    private const int DetachLazily = 2;
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    /// <summary>Mounts one, or skips the test.</summary>
    public static SmallDisk Mount()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs Linux and root");
        var disk = new SmallDisk();
        var answer = Mount("tmpfs", disk.Path, "tmpfs", 0, "size=256k");
        if (answer != 0) disk._folder.Dispose();
        Assert.SkipUnless(answer == 0, $"this machine lets nobody mount: {Marshal.GetLastPInvokeErrorMessage()}");
        return disk;
    }

    /// <summary>Takes all room but some bytes.</summary>
    public void Fill(int free = 0)
    {
        using var ballast = File.Create(Ballast);
        var page = new byte[4096];
        try
        {
            while (true) ballast.Write(page);
        }
        catch (IOException)
        {
            ballast.SetLength(Math.Max(0, ballast.Length - free));
        }
    }

    public void Empty() => File.Delete(Ballast);

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public void Dispose()
    {
        _ = Unmount(Path, DetachLazily);
        _folder.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Unmount(string target, int flags);
}
