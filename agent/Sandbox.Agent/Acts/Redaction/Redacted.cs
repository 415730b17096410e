namespace Sandbox.Agent.Acts.Redaction;

/// <summary>What may be said of a command.</summary>
/// <param name="Program">Path or name; <c>?</c> when what stands there is no such thing.</param>
/// <param name="Arguments">Those that are on the list.</param>
/// <param name="Hidden">Number of those that are not.</param>
internal sealed record Redacted(string Program, IReadOnlyList<string> Arguments, int Hidden)
{
    /// <summary>The last part of the program's path.</summary>
    public string Name => Program[(Program.LastIndexOf('/') + 1)..];

    /// <summary>What may be said of a command as it was typed or logged, its words separated by blanks.</summary>
    public static Redacted OfText(string command) => Of(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What may be said of a command.</summary>
    public static Redacted Of(IReadOnlyList<string> words)
    {
        // NAME=value in front of a command is its environment.
        var first = 0;
        while (first < words.Count && words[first].Contains('=', StringComparison.Ordinal)) first++;
        if (first == words.Count) return new Redacted("?", [], words.Count);
        var program = Shape.IsPath(words[first]) && !words[first].Contains(':', StringComparison.Ordinal) ? words[first] : "?";
        var named = new Redacted(program, [], 0);
        var shown = ProgramRules.Of(named.Name) is { } rule ? new ShownArguments(rule).Of([.. words.Skip(first + 1)]) : [];
        return named with { Arguments = shown, Hidden = words.Count - 1 - shown.Count };
    }
}
