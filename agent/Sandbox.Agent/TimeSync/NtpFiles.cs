using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.TimeSync;

/// <summary>
/// The configuration of chrony and ntpd with what it includes. Globs are read by folder and ending only; a file that includes itself ends at 16
/// levels or 100 files.
/// </summary>
internal sealed class NtpFiles(RootFolder root, UnseenNotes unseen)
{
    private const int MostSources = 100;
    private const int MostFiles = 100;
    private const int Deepest = 16;
    private readonly List<TimeSource> _sources = [];
    private int _files;

    /// <summary>Null: there is no such file.</summary>
    public List<TimeSource>? Read(IEnumerable<string> candidates)
    {
        if (candidates.FirstOrDefault(root.Has) is not { } main) return null;
        Read(main, 0);
        return _sources;
    }

    private void Read(string path, int depth)
    {
        if (depth > Deepest || ++_files > MostFiles) return;
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return;
        }
        foreach (var (words, line) in NtpText.Lines(text))
        {
            if (NtpText.Source(words, RootFolder.Shown(path), line) is { } source) Keep(source);
            else Follow(words, depth);
        }
    }

    private void Keep(TimeSource source)
    {
        if (_sources.Count < MostSources) _sources.Add(source);
        else unseen.Add(Why.Of(source.Path, $"more than {MostSources} time sources; the others are left out"));
    }

    private void Follow(string[] words, int depth)
    {
        switch (words)
        {
            case ["include" or "includefile", var path, ..]: Include(path, depth); break;
            case ["confdir", .. var folders]: ReadFolders(folders, ".conf", depth); break;
            case ["sourcedir", .. var folders]: ReadFolders(folders, ".sources", depth); break;
        }
    }

    private void Include(string path, int depth)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith('*')) ReadFolders([Path.GetDirectoryName(path) ?? "/"], name[1..], depth);
        else if (path.StartsWith('/')) Read(path, depth + 1);
    }

    private void ReadFolders(string[] folders, string ending, int depth)
    {
        foreach (var folder in folders.Where(root.Has))
        {
            var names = root.List(folder, out var fault);
            if (fault is not null) unseen.Add(fault);
            foreach (var name in names.Where(name => name.EndsWith(ending, StringComparison.Ordinal))) Read($"{folder}/{name}", depth + 1);
        }
    }
}
