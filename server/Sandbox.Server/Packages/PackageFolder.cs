using System.Text.RegularExpressions;

namespace Sandbox.Server.Packages;

/// <summary>The agent's packages that deploy/package put into the server's data. They may come, change and go while the server runs.</summary>
internal sealed partial class PackageFolder(ServerFolders folders)
{
    /// <summary>The list of the others with their SHA-256 sums, as sha256sum(1) writes it.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>Whether there is anything to install.</summary>
    public bool HasPackages => Find(Sums) is not null;

    /// <summary>A file that lies in the folder itself and is no link. Null: there is none of this name.</summary>
    public FileInfo? Find(string name)
    {
        if (!PlainName().IsMatch(name)) return null;
        var file = new FileInfo(Path.Combine(folders.Packages, name));
        return file is { Exists: true, LinkTarget: null } ? file : null;
    }

    // What deploy/package calls them: nothing that leads elsewhere, nothing hidden.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+~-]{0,127}\z")]
    private static partial Regex PlainName();
}
