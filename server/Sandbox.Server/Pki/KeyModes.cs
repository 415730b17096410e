namespace Sandbox.Server.Pki;

/// <summary>Who may read the secret keys: their owner alone.</summary>
internal static class KeyModes
{
    /// <summary>The secret keys of a data folder.</summary>
    public static IReadOnlyList<string> Files(ServerFolders folders) =>
        Directory.Exists(folders.Pki) ? [.. Directory.EnumerateFiles(folders.Pki, "*.key").Order(StringComparer.Ordinal)] : [];

    /// <summary>Whether others than the owner may do anything with a file.</summary>
    public static bool IsWide(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~DurableFile.Secret) != 0;

    /// <summary>Takes from others what they may do with keys.</summary>
    /// <returns>The files that were open to others.</returns>
    /// <exception cref="SetupException">A file is another user's.</exception>
    public static IReadOnlyList<string> Tighten(ServerFolders folders)
    {
        var wide = Files(folders).Where(IsWide).ToList();
        foreach (var path in wide) Tighten(path);
        return wide;
    }

    private static void Tighten(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(path, DurableFile.Secret);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{path} can be read by others, and its mode cannot be changed by {Environment.UserName}. Type: sudo chmod 600 {path}");
        }
    }
}
