namespace Sandbox.Verify.Files;

/// <summary>The files of a folder to which a bundle was unpacked, or into which a log was copied.</summary>
internal sealed class FolderFiles(string folder) : IBundleFiles
{
    // What a link leads to is no part of the bundle, so a link is a file that is missing.
    private static readonly EnumerationOptions _all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <inheritdoc/>
    public IReadOnlySet<string> Paths { get; } =
        Directory.EnumerateFiles(folder, "*", _all).Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string path, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(Paths.Contains(path) ? File.OpenRead(Path.Combine(folder, path)) : null);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new SetupException($"{fault.Message} Give yourself the right to read it, then try again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open between files.
    }
}
