using Sandbox.Agent;

namespace Sandbox.Faults;

/// <summary>Files that survive a power cut: content is forced to disk before its name is, and the folder after both.</summary>
internal static class DurableFile
{
    /// <summary>Puts the content in place of what is there, or leaves what is there: never a part of either.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var beside = $"{path}.sandbox-new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using (var file = new FileStream(beside, options))
        {
            // What is made is narrowed by the umask.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, mode);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
    }

    /// <summary>Deletes a file, durably.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
    }
}
