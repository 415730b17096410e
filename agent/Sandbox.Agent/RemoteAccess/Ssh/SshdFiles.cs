using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>One line that sets something that is reported.</summary>
/// <param name="Keyword">The setting.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Condition">Criteria of the Match block around it. Null: it holds for every connection; empty: the same, in a block `Match all`, which goes before what stands in none.</param>
internal sealed record SshdDirective(SshdKeyword Keyword, IReadOnlyList<string> Arguments, string Path, uint Line, string? Condition);

/// <summary>Reads sshd_config(5) and what it includes, in sshd's order.</summary>
internal sealed class SshdFiles(RootFolder root, UnseenNotes unseen, CancellationToken ct)
{
    // SERVCONF_MAX_DEPTH of OpenSSH; the number of lines is bounded besides.
    private const int Deepest = 16;
    private const int MostLines = 20_000;
    private const int LongestCondition = 200;
    private const string Folder = "/etc/ssh";
    private static readonly string[] Mains = ["/etc/ssh/sshd_config", "/usr/etc/ssh/sshd_config"];
    private readonly List<SshdDirective> _found = [];
    private int _lines;

    /// <summary>The main file: that of the administrator, or the one that the distribution ships. Null: there is none.</summary>
    public string? Main { get; } = Mains.FirstOrDefault(root.Has);

    /// <summary>A program that hands out keys; its path only. Null: none.</summary>
    public string? KeyProgram { get; private set; }

    /// <summary>The main file could be read.</summary>
    public bool Readable { get; private set; }

    /// <summary>Everything that sets something that is reported, in the order of reading.</summary>
    public IReadOnlyList<SshdDirective> Read()
    {
        if (Main is not null) Readable = Add(Main, null, 0);
        return _found;
    }

    private bool Add(string path, string? outer, int depth)
    {
        ct.ThrowIfCancellationRequested();
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return false;
        }

        // A Match in an included file ends with that file.
        var condition = outer;
        var number = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            if (++_lines > MostLines) break;
            var line = SshdLine.Parse(text.AsSpan(range), out var wrong);
            if (wrong is not null) unseen.Add(Refused(path, number, wrong));
            if (line is null) continue;
            if (Is(line, "Match")) condition = Condition(line.Arguments, outer);
            else if (Is(line, "Include")) Include(line.Arguments, path, number, condition, depth);
            else Take(line, path, number, condition);
        }

        return true;
    }

    private void Take(SshdLine line, string path, uint number, string? condition)
    {
        if (Is(line, "AuthorizedKeysCommand") && !line.Arguments[0].Equals("none", StringComparison.OrdinalIgnoreCase)) KeyProgram ??= line.Arguments[0];
        if (SshdKeywords.Find(line.Keyword) is { } keyword) _found.Add(new SshdDirective(keyword, line.Arguments, path, number, condition));
    }

    private void Include(IReadOnlyList<string> patterns, string path, uint number, string? condition, int depth)
    {
        if (depth == Deepest)
        {
            unseen.Add(Refused(path, number, "too many files include each other"));
            return;
        }

        foreach (var pattern in patterns)
        {
            var absolute = pattern.StartsWith('/') ? pattern : $"{Folder}/{pattern}";
            foreach (var file in PathPattern.Expand(root, absolute, unseen))
            {
                if (_lines <= MostLines) Add(file, condition, depth + 1);
            }
        }
    }

    /// <summary>Words for a line that keeps sshd from starting.</summary>
    public static Protocol.Unseen Refused(string path, uint line, string why) =>
        Why.Of(path, $"line {line}: {why}, and sshd does not start with it", "Find the fault: sudo sshd -t");

    private static bool Is(SshdLine line, string keyword) => line.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    // `Match all` ends every block before it, and is one itself.
    private static string? Condition(IReadOnlyList<string> criteria, string? outer)
    {
        var own = string.Join(' ', criteria);
        if (own.Equals("all", StringComparison.OrdinalIgnoreCase)) return outer ?? "";
        var both = string.IsNullOrEmpty(outer) ? own : $"{outer} and {own}";
        return both.Length > LongestCondition ? both[..LongestCondition] : both;
    }
}
