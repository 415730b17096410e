using Sandbox.Server.Pki;

namespace Sandbox.Server.Backups;

/// <summary>The parts of a backup as files, while it is made or read: a folder for its owner alone, which goes when that is over.</summary>
internal sealed class BackupFolder : IDisposable
{
    /// <summary>The keys, sealed with a passphrase.</summary>
    public const string Keys = "keys.p12";

    /// <summary>The server's settings.</summary>
    public const string Settings = "server.json";

    /// <summary>The policy of one's own; it need not be there.</summary>
    public const string Policy = "policy.yaml";

    /// <summary>Makes it empty; what a run that was killed left there goes.</summary>
    public BackupFolder(string path)
    {
        Root = path;
        Dispose();
        Make(path);
        Make(Store);
    }

    /// <summary>One in the folder for what is temporary.</summary>
    public BackupFolder()
    {
        Root = Directory.CreateTempSubdirectory("sandbox-backup-").FullName;
        Make(Store);
    }

    /// <summary>Where it is.</summary>
    public string Root { get; }

    /// <summary>The copy of the store.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>The names of what lies in it, with slashes.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>Bytes that lie in it by now; files may come and go meanwhile.</summary>
    public long Size => new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>Makes a part, for its owner alone.</summary>
    /// <exception cref="InvalidDataException">Its name leads elsewhere.</exception>
    public FileStream Create(string name)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = DurableFile.Secret;
        return new FileStream(PathOf(name), options);
    }

    /// <summary>Where a part lies.</summary>
    /// <exception cref="InvalidDataException">Its name leads elsewhere.</exception>
    public string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Root, name));
        return path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw new InvalidDataException($"it holds a part named {name}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }

    // With its mode from the beginning; a disk that knows none, such as a stick's, takes it all the same.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, DurableFile.OwnersFolder);
    }
}
