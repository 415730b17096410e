using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Journal;

/// <summary>
/// Reads the entries that came since the last time from the files that journald writes to: <c>system.journal</c>, and one for each user, where what
/// sudo says goes. A file that was put away is read to its end first.
/// </summary>
internal sealed class FollowedJournal(RootFolder root, ActRun run)
{
    private const byte Entry = 3;
    private const int MostFiles = 64;
    private const int MostObjects = 200_000;

    // Of the year 9999.
    private const long MostSeconds = 253_402_300_799;
    private int _objects;

    /// <summary>Where journald keeps files: lasting ones, and those until the next start.</summary>
    public static readonly string[] Folders = ["var/log/journal", "run/log/journal"];

    /// <summary>There may be more that this run did not get to.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Why a file cannot be read. Null: all can be, or there are none.</summary>
    public Unseen? Unseen { get; private set; }

    /// <summary>The files that are written to, as paths below the root.</summary>
    public IReadOnlyList<string> Files() => Files(root);

    /// <summary>Whether journald writes: its folder alone is there wherever somebody made it, and a file that it left behind says nothing new.</summary>
    public static bool IsWritten(RootFolder root)
    {
        var started = Started(root);
        return Files(root).Any(path => FileState.Of(root.Resolve(path)) is { IsRegular: true, Size: > 0 } state && !(state.ChangedAt < started))
            || Folders.Any(folder => IsClosed(root, folder));
    }

    // btime of proc_stat(5). Null: not known.
    private static DateTimeOffset? Started(RootFolder root)
    {
        if (!root.TryRead("proc/stat", out var text, out _)) return null;
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal));
        return long.TryParse(line?[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second < MostSeconds ? DateTimeOffset.FromUnixTimeSeconds(second) : null;
    }

    // Who may not look does not know.
    private static bool IsClosed(RootFolder root, string folder)
    {
        var machines = root.List(folder, out var unseen);
        return (unseen is not null && !Why.IsAbsent(unseen)) || machines.Any(machine => Directory.Exists(root.Resolve($"{folder}/{machine}")) && IsClosed(root, $"{folder}/{machine}"));
    }

    private static List<string> Files(RootFolder root)
    {
        var files = new List<string>();
        foreach (var folder in Folders)
            foreach (var machine in root.List(folder, out _))
                foreach (var name in root.List($"{folder}/{machine}", out _))
                    if (name.EndsWith(".journal", StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal) && files.Count < MostFiles)
                        files.Add($"{folder}/{machine}/{name}");
        return files;
    }

    /// <summary>The end of a file: what is in it is not new.</summary>
    public JournalPlace End(string path)
    {
        using var file = Open(path);
        if (file is null) return JournalPlace.Absent;
        return new JournalPlace(file.Id, file.ObjectAt(file.LastObject) is { } last ? Next(file.LastObject, last.Length) : file.Beginning);
    }

    /// <summary>Reads on from the place.</summary>
    public JournalPlace Read(string path, JournalPlace place, CancellationToken ct)
    {
        using var file = Open(path);
        if (file is null) return place;
        if (file.Id == place.File) return Walk(file, place.Offset, ct);
        if (place.File.Length > 0) place = Rest(path, place, ct);
        return HasMore ? place : Walk(file, file.Beginning, ct);
    }

    private JournalPlace Rest(string path, JournalPlace place, CancellationToken ct)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        foreach (var other in List(folder).Where(file => file.StartsWith($"{name}@", StringComparison.Ordinal)).TakeLast(MostFiles))
        {
            using var file = Open($"{folder}/{other}");
            if (file?.Id == place.File) return Walk(file, place.Offset, ct);
        }
        return place;
    }

    private JournalPlace Walk(JournalFile file, long offset, CancellationToken ct)
    {
        while (offset <= file.LastObject && file.ObjectAt(offset) is { } found)
        {
            ct.ThrowIfCancellationRequested();
            if (HasMore || ++_objects > MostObjects)
            {
                HasMore = true;
                break;
            }
            // An entry that is not whole yet is the last one: journald goes on with it and then touches the file.
            if (found.Type == Entry && !Take(file, offset, found.Length)) break;
            offset = Next(offset, found.Length);
        }
        return new JournalPlace(file.Id, offset);
    }

    private bool Take(JournalFile file, long offset, long length)
    {
        if (JournalEntry.Read(file, offset, length) is not { } entry) return offset < file.LastObject;
        run.Vouchers.Journal(entry.At);
        if (JournalActs.Of(entry, file.SequenceId) is { } act) HasMore = !run.Take(act);
        return true;
    }

    private JournalFile? Open(string path)
    {
        try
        {
            return JournalFile.Open(root.Resolve(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unseen = Why.Of(path, fault);
            return null;
        }
    }

    private IReadOnlyList<string> List(string folder) => root.List(folder, out _);

    // Objects begin at multiples of 8.
    private static long Next(long offset, long length) => (offset + length + 7) & ~7L;
}
