using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;

namespace Sandbox.Faults;

/// <summary>Files that survive a power cut: content is forced to disk before its name is, and the folder after both.</summary>
internal static partial class DurableFile
{
    /// <summary>Puts the content in place of what is there, or leaves what is there: never a part of either. Owner, group and mode stay.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var before = FileState.Of(path) ?? throw new FileNotFoundException($"{path} is gone");
        Write(path, content, (UnixFileMode)before.Mode, before);
    }

    /// <summary>Puts the content in place of what is there, if something is, or leaves what is there: never a part of either.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => Write(path, content, mode, null);

    /// <summary>Deletes a file, durably.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileState? owned)
    {
        var beside = $"{path}.sandbox-new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using (var file = new FileStream(beside, options))
        {
            if (owned is { } owner && ChangeOwner(file.SafeFileHandle, owner.Owner, owner.Group) != 0) throw new IOException($"the owner of {path} cannot be kept: {Marshal.GetLastPInvokeErrorMessage()}");
            // What is made is narrowed by the umask.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, mode);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(path)!);
    }

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint owner, uint group);
}
