namespace Sandbox.Server.Pki;

/// <summary>Files of which the first one stays: whoever comes second uses what is there.</summary>
internal static class FirstFile
{
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
            NewName.TryGive(beside, path);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
