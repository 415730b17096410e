using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Antivirus;

/// <summary>
/// clamd.conf(5) and freshclam.conf(5), read as ClamAV 1.4.6 reads them (compared with clamconf): a name in its exact spelling, then its
/// value. Of several values the first counts, but for options that may be given more than once. A <c>#</c> makes a comment at the start of a line only.
/// </summary>
internal sealed class ClamConf(string path, IReadOnlyList<(string Name, string Value)> options)
{
    /// <summary>Where distributions keep the daemon's: Debian and Arch, Fedora, SUSE and upstream.</summary>
    public static readonly IReadOnlyList<string> Daemon = ["etc/clamav/clamd.conf", "etc/clamd.d/scan.conf", "etc/clamd.conf"];

    /// <summary>Where they keep the updater's.</summary>
    public static readonly IReadOnlyList<string> Updater = ["etc/clamav/freshclam.conf", "etc/freshclam.conf"];

    /// <summary>The file, with a leading slash.</summary>
    public string Path => path;

    /// <summary>It has the line with which every program of ClamAV refuses to start.</summary>
    public bool IsExample => options.Any(option => option.Name == "Example");

    /// <summary>The first of the files that is there. Null: none is, or it cannot be read, which is noted.</summary>
    public static ClamConf? Read(RootFolder root, IReadOnlyList<string> paths, UnseenNotes unseen)
    {
        if (There(root, paths) is not { } path) return null;
        if (root.TryRead(path, out var text, out var fault)) return Parse(text, RootFolder.Shown(path));
        unseen.Add(fault);
        return null;
    }

    /// <summary>The first of the files that is there; a link in a circle is there, too. Null: none.</summary>
    public static string? There(RootFolder root, IReadOnlyList<string> paths) =>
        paths.FirstOrDefault(path => root.Has(path) || RootFolder.LinkTarget(root.Resolve(path)) is not null);

    public static ClamConf Parse(string text, string path)
    {
        var options = new List<(string, string)>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim(" \t");
            if (line.IsEmpty || line[0] == '#') continue;
            var end = line.IndexOfAny(' ', '\t');
            options.Add(end < 0 ? (line.ToString(), "") : (line[..end].ToString(), Unquoted(line[end..].TrimStart(" \t"))));
        }

        return new ClamConf(path, options);
    }

    /// <summary>The value that counts. Null: not given.</summary>
    public string? First(string name) => All(name).FirstOrDefault();

    /// <summary>Every value, for options that may be given more than once.</summary>
    public IEnumerable<string> All(string name) => options.Where(option => option.Name == name && option.Value.Length > 0).Select(option => option.Value);

    /// <summary>Whether it is switched on. False also where it is not given, which is the default of every option that is asked for here.</summary>
    public bool IsOn(string name) => First(name)?.ToLowerInvariant() is "yes" or "true" or "1";

    private static string Unquoted(ReadOnlySpan<char> value)
    {
        if (value is not ['"', .. var inner]) return value.ToString();
        var end = inner.IndexOf('"');
        return (end < 0 ? inner : inner[..end]).ToString();
    }
}
