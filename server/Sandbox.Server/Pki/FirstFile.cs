using System.Runtime.InteropServices;

namespace Sandbox.Server.Pki;

/// <summary>Files of which the first one stays: whoever comes second uses what is there.</summary>
internal static partial class FirstFile
{
    private const int Exists = 17;

    /// <summary>Writes a file as a whole unless one of its name is there. Afterwards there is one, and it is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">Who may do what with it.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        try
        {
            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            Name(beside, path);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static void Name(string beside, string path)
    {
        // File.Move looks first and renames then, and between the two another one may come; link(2) does both at once.
        if (!OperatingSystem.IsWindows() && (Link(beside, path) == 0 || Marshal.GetLastPInvokeError() == Exists)) return;
        try
        {
            // On Windows nothing is replaced by that; elsewhere it is for file systems without hard links.
            File.Move(beside, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // It was there.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
