using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// The folder that stands for <c>/</c>. Symbolic links mean what they mean to a system that lives in it: an absolute target starts at this
/// folder again, and none leads out of it.
/// </summary>
internal sealed class RootFolder(string root)
{
    private const int MostLinks = 40;
    private const int MostBytes = 1 << 20;
    private const int MostNames = 10_000;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(root));

    /// <summary>It is the running system itself, so what the kernel says without files counts as well.</summary>
    public bool IsThisSystem => Path == "/";

    /// <summary>Where the path (no leading slash needed) really lies. The last parts need not exist.</summary>
    public string Resolve(string path)
    {
        // No file has a NUL in its name, and .NET throws for one.
        path = path.Replace('\0', '\uFFFD');
        if (IsThisSystem) return System.IO.Path.Combine(Path, path.TrimStart('/'));
        var ahead = new Stack<string>(Parts(path));
        var at = Path;
        for (var links = 0; ahead.TryPop(out var part);)
        {
            if (part == "..")
            {
                if (at != Path) at = System.IO.Path.GetDirectoryName(at)!;
                continue;
            }
            var next = System.IO.Path.Combine(at, part);
            if (LinkTarget(next) is not { } target || ++links > MostLinks)
            {
                at = next;
                continue;
            }
            if (target[0] == '/') at = Path;
            foreach (var step in Parts(target)) ahead.Push(step);
        }
        return at;
    }

    /// <summary>What the link says, unresolved. Null: no link, or nothing there.</summary>
    public static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is { Length: > 0 } target ? target : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path as people write it.</summary>
    public static string Shown(string path) => "/" + path.TrimStart('/');

    /// <summary>Whether a file or folder is there, as far as one may look.</summary>
    public bool Has(string path) => System.IO.Path.Exists(Resolve(path));

    /// <summary>
    /// Names of what is in the folder, sorted; empty when it cannot be listed, and then <paramref name="unseen"/> says why. Of more than 10,000 the
    /// rest is left out, and <paramref name="unseen"/> says so.
    /// </summary>
    public IReadOnlyList<string> List(string path, out Unseen? unseen)
    {
        unseen = null;
        try
        {
            var found = new List<string>();
            foreach (var entry in Directory.EnumerateFileSystemEntries(Resolve(path)))
            {
                found.Add(System.IO.Path.GetFileName(entry));
                if (found.Count <= MostNames) continue;
                found.RemoveAt(MostNames);
                unseen = Why.Of(path, $"more than {MostNames} entries; the others are left out");
                break;
            }
            found.Sort(StringComparer.Ordinal);
            return found;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unseen = Why.Of(path, fault);
            return [];
        }
    }

    /// <summary>
    /// The whole text of a small file (at most 1 MiB, unless <paramref name="mostBytes"/> says otherwise), bytes that are no UTF-8 replaced.
    /// False: it cannot be read, and <paramref name="unseen"/> says why.
    /// </summary>
    public bool TryRead(string path, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out Unseen? unseen, int mostBytes = MostBytes)
    {
        (text, unseen) = (null, null);
        try
        {
            text = ReadAll(Resolve(path), mostBytes);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unseen = Why.Of(path, fault);
            return false;
        }
    }

    /// <summary>The first line, without white space around it, of a file that need not be there. Null: not readable or empty.</summary>
    public string? Line(string path) => File.Exists(Resolve(path)) && TryRead(path, out var text, out _) ? FirstLine(text) : null;

    /// <summary>The first line as a whole number. Null: not readable or no number.</summary>
    public long? Number(string path) => long.TryParse(Line(path), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The first line without white space around it. Null: empty.</summary>
    public static string? FirstLine(string text)
    {
        var end = text.IndexOf('\n');
        var line = (end < 0 ? text : text[..end]).Trim();
        return line.Length == 0 ? null : line;
    }

    private static string ReadAll(string path, int mostBytes)
    {
        using var file = RegularFile.Open(path);
        using var buffer = new PooledBytes(4096);
        var length = 0;
        while (RandomAccess.Read(file, buffer.Array.AsSpan(length), length) is > 0 and var got)
        {
            length += got;
            if (length > mostBytes) throw new IOException($"larger than {mostBytes / 1024} KiB");
            if (length == buffer.Array.Length) buffer.Double();
        }
        return Encoding.UTF8.GetString(buffer.Array, 0, length);
    }

    // Last part first: the stack's order.
    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
