using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy.Pam;

/// <summary>
/// The text of one file of pam.d(5). An include is a line, too: its control is <c>include</c> or <c>substack</c> and its module the file;
/// <c>@include</c> has that as its type.
/// </summary>
internal static class PamText
{
    public const string IncludeAll = "@include";

    private static readonly string[] Types = ["auth", "account", "password", "session"];

    /// <summary>Every line that says something; those that cannot be understood are named in <paramref name="unseen"/>.</summary>
    public static List<PamLine> Parse(string text, string path, UnseenNotes unseen)
    {
        var lines = new List<PamLine>();
        foreach (var (number, whole) in Joined(text))
        {
            var tokens = PamTokens.Split(whole);
            if (tokens.Count == 0) continue;
            if (Line(tokens) is { } line)
            {
                (line.Path, line.Line) = (path, number);
                lines.Add(line);
            }
            else unseen.Add(Why.Of(path, $"line {number} is no line of pam.d(5): it needs a type, a control and a module"));
        }

        return lines;
    }

    private static PamLine? Line(List<string> tokens)
    {
        if (tokens is [IncludeAll, var file, ..]) return new PamLine { Type = IncludeAll, Module = file };
        if (tokens is not [var type, var control, var module, .. var arguments]) return null;
        type = type.TrimStart('-').ToLowerInvariant();
        if (!Types.Contains(type)) return null;
        var included = control is "include" or "substack";
        var line = new PamLine { Type = type, Control = control, Module = included ? module : module[(module.LastIndexOf('/') + 1)..] };
        foreach (var argument in arguments) line.Arguments.Add(PamTokens.Bare(argument));
        return line;
    }

    // A backslash at the end continues a line; a comment ends it.
    private static IEnumerable<(uint Number, string Line)> Joined(string text)
    {
        var (number, first, held) = (0u, 0u, "");
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (held.Length == 0) first = number;
            var comment = raw.IndexOf('#', StringComparison.Ordinal);
            var line = (comment < 0 ? raw : raw[..comment]).TrimEnd();
            if (line is [.. var start, '\\'] && held.Length + start.Length < 4096)
            {
                held += start + " ";
                continue;
            }

            yield return (first, held + line);
            held = "";
        }

        if (held.Length > 0) yield return (first, held);
    }
}
