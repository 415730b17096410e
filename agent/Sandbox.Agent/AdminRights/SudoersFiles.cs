using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.AdminRights;

/// <summary>Reads /etc/sudoers and what it includes, in sudo's order.</summary>
internal sealed class SudoersFiles(RootFolder root, UnseenNotes unseen, CancellationToken ct)
{
    /// <summary>Below the root folder, with a leading slash.</summary>
    public const string Main = "/etc/sudoers";

    // MAX_SUDOERS_DEPTH of sudo; the number of files is bounded besides.
    private const int Deepest = 128;
    private const int MostFiles = 500;
    private readonly Sudoers _sudoers = new();
    private readonly List<string> _open = [];

    /// <summary>Everything that could be read; what could not is noted.</summary>
    public Sudoers Read()
    {
        Add(Main);
        return _sudoers;
    }

    private void Add(string path)
    {
        ct.ThrowIfCancellationRequested();
        if (_open.Contains(path) || _open.Count == Deepest || _sudoers.Files.Count == MostFiles)
        {
            unseen.Add(Why.Of(path, _open.Contains(path) ? "it includes itself" : "too many files are included; this one is not read"));
            return;
        }

        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return;
        }

        _sudoers.Files.Add(path);
        _open.Add(path);
        foreach (var (number, line) in SudoersLines.Of(text)) Add(path, number, line);
        _open.RemoveAt(_open.Count - 1);
    }

    private void Add(string path, uint number, string line)
    {
        if (line is ['@' or '#', 'i', ..] && Include(line) is var (folder, target))
        {
            target = Place(target, path);
            if (folder) AddFolder(target);
            else Add(target);
        }
        else if (!_sudoers.Take(line, path, number))
        {
            unseen.Add(Why.Of(path, $"line {number} is no line of sudoers(5); sudo leaves out what it cannot read of it", "Find the fault: sudo visudo -c"));
        }
    }

    // Names with a dot or a tilde at the end are those of editors and package managers: sudo passes them by.
    private void AddFolder(string folder)
    {
        if (!root.Has(folder)) return;
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names)
        {
            if (name.Contains('.', StringComparison.Ordinal) || name.EndsWith('~')) continue;
            var path = $"{folder.TrimEnd('/')}/{name}";
            if (!Directory.Exists(root.Resolve(path))) Add(path);
        }
    }

    private static (bool Folder, string Target)? Include(string line)
    {
        if (!line.AsSpan(1).StartsWith("include")) return null;
        var folder = line.AsSpan(1).StartsWith("includedir");
        var rest = line[(folder ? "@includedir" : "@include").Length..];
        if (rest.Length == 0 || !char.IsWhiteSpace(rest[0])) return null;
        return new SudoersCursor(rest).Value() is { } target ? (folder, target) : null;
    }

    private string Place(string target, string path)
    {
        if (target.Contains("%h", StringComparison.Ordinal)) target = target.Replace("%h", HostName.Short(root) ?? "", StringComparison.Ordinal);
        return target[0] == '/' ? target : $"{path[..path.LastIndexOf('/')]}/{target}";
    }
}
