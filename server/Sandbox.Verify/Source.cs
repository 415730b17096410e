using Sandbox.Verify.Files;

namespace Sandbox.Verify;

/// <summary>What a person named to be verified.</summary>
internal static class Source
{
    /// <summary>How to open it.</summary>
    /// <param name="named">A zip, a folder, or the address of a log.</param>
    /// <param name="authority">File of the certificate of the lab's CA. Null: none was named.</param>
    /// <exception cref="SetupException">There is nothing of that name.</exception>
    public static Func<IBundleFiles> Open(string named, string? authority)
    {
        if (named.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return () => new ServedFiles(named, authority);
        if (named.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) throw new SetupException("A log is served over https://; type that address.");
        if (authority is not null) throw new SetupException("--ca is for a log that is served; files need none.");
        if (!Path.Exists(named)) throw new SetupException($"There is no file or folder {named}.");
        return () => Local(named);
    }

    private static IBundleFiles Local(string named)
    {
        try
        {
            return Directory.Exists(named) ? new FolderFiles(named) : new ZipFiles(File.OpenRead(named));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{named} cannot be read: {fault.Message}");
        }
    }
}
