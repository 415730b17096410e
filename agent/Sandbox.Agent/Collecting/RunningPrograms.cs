namespace Sandbox.Agent.Collecting;

/// <summary>
/// Names of the programs that run (/proc/PID/comm, proc(5)), read when they are first asked for. A name proves nothing, anybody may take one; that it is
/// missing proves that the program does not run.
/// </summary>
internal sealed class RunningPrograms(RootFolder root)
{
    // The kernel cuts names there.
    private const int LongestName = 15;
    private const int MostProcesses = 10_000;
    private Dictionary<string, List<string>>? _byName;

    // With hidepid (proc(5)) only one's own are listed, and the first process is somebody else's.
    private bool Visible => ByName.Count > 0 && root.Has("proc/1/comm");

    private Dictionary<string, List<string>> ByName => _byName ??= Read();

    /// <summary>Whether such a program runs. Null: processes cannot be seen.</summary>
    public bool? Has(string name) => ByName.ContainsKey(Cut(name)) ? true : Visible ? false : null;

    /// <summary>The arguments of each program of this name; an empty list for one whose arguments cannot be read.</summary>
    public IEnumerable<string[]> Arguments(string name) =>
        (ByName.GetValueOrDefault(Cut(name)) ?? []).Select(id => root.TryRead($"proc/{id}/cmdline", out var text, out _)
            ? text.Split('\0', StringSplitOptions.RemoveEmptyEntries) : []);

    private static string Cut(string name) => name.Length > LongestName ? name[..LongestName] : name;

    private Dictionary<string, List<string>> Read()
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var ids = root.Has("proc") ? root.List("proc", out _) : [];
        foreach (var id in ids.Where(name => char.IsAsciiDigit(name[0])).Take(MostProcesses))
        {
            if (root.Line($"proc/{id}/comm") is not { } name) continue;
            if (!found.TryGetValue(name, out var same)) found[name] = same = [];
            same.Add(id);
        }

        return found;
    }
}
