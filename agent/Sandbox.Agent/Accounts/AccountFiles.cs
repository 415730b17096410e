using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Accounts;

/// <summary>Reads the account files; whatever cannot be read or understood is named, by file and line, and never by content.</summary>
internal sealed class AccountFiles(RootFolder root, UnseenNotes unseen)
{
    private const string Passwd = "/etc/passwd";
    private const string Shadow = "/etc/shadow";
    private const string Group = "/etc/group";
    private const string NameService = "/etc/nsswitch.conf";

    // 100,000 accounts.
    private const int MostBytes = 16 << 20;

    /// <summary>A reader of one line: what is wrong with it, or null.</summary>
    private delegate string? LineReader(ReadOnlySpan<char> line);

    /// <summary>The entries of /etc/passwd, the first of each name. Null: it cannot be read.</summary>
    public List<PasswdEntry>? ReadPasswd()
    {
        var entries = new List<PasswdEntry>();
        var names = new HashSet<string>();
        return EachLine(Passwd, line =>
        {
            // A line of the compat service: it takes accounts from a directory and is none itself.
            if (line[0] is '+' or '-') return null;
            if (PasswdEntry.Parse(line, out var fault) is not { } entry) return fault;
            if (!names.Add(entry.Name)) return $"{entry.Name} stands there again; the first entry counts";
            entries.Add(entry);
            return fault;
        }) ? entries : null;
    }

    /// <summary>The entries of /etc/shadow by name, the first of each. Null: it cannot be read.</summary>
    public Dictionary<string, ShadowEntry>? ReadShadow()
    {
        var entries = new Dictionary<string, ShadowEntry>();
        return EachLine(Shadow, line =>
        {
            if (line[0] is '+' or '-') return null;
            if (ShadowEntry.Parse(line, out var fault) is not { } entry) return fault;
            return entries.TryAdd(entry.Name, entry) ? null : $"{entry.Name} stands there again; the first entry counts";
        }) ? entries : null;
    }

    /// <summary>/etc/group. Null: it cannot be read.</summary>
    public GroupBook? ReadGroups()
    {
        var groups = new GroupBook();
        return EachLine(Group, line => line[0] is '+' or '-' || groups.Add(line) ? null : "it is no group") ? groups : null;
    }

    /// <summary>Directories of nsswitch.conf; none when there is no such file, which means the local files alone.</summary>
    public IEnumerable<string> ReadDirectories()
    {
        if (!root.Has(NameService)) return [];
        if (root.TryRead(NameService, out var text, out var fault)) return NameServices.Directories(text);
        unseen.Add(fault);
        return [];
    }

    private bool EachLine(string path, LineReader read)
    {
        if (!root.TryRead(path, out var text, out var unread, MostBytes))
        {
            unseen.Add(unread);
            return false;
        }

        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range).TrimEnd('\r');
            if (line.IsWhiteSpace() || line[0] == '#') continue;
            if (read(line) is { } fault) unseen.Add(Why.Of(path, $"line {number}: {fault}"));
        }

        return true;
    }
}
