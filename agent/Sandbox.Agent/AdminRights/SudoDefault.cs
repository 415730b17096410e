namespace Sandbox.Agent.AdminRights;

/// <summary>One setting of a <c>Defaults</c> line.</summary>
/// <param name="Name">Such as <c>use_pty</c>.</param>
/// <param name="Value"><c>on</c>, <c>off</c> or the text.</param>
/// <param name="Scope">For whom it holds: the sign behind <c>Defaults</c>, or a space for everybody.</param>
/// <param name="For">Whom or what the scope names.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1.</param>
internal sealed record SudoDefault(string Name, string Value, char Scope, IReadOnlyList<Listed> For, string Path, uint Line)
{
    public const string On = "on";
    public const string Off = "off";
    private const string Scopes = "@:!>";
    private const int LongestValue = 256;

    /// <summary>Whether a line sets something: <c>Defaults</c> with a blank or a sign of scope behind it. Anything else is a user's name.</summary>
    public static bool Begins(string text) =>
        text.StartsWith("Defaults", StringComparison.Ordinal) && text.Length > 8
        && (char.IsWhiteSpace(text[8]) || Scopes.Contains(text[8], StringComparison.Ordinal));

    /// <summary>Reads what follows the word <c>Defaults</c>. Null: it is no line of sudoers(5).</summary>
    public static List<SudoDefault>? Parse(string text, string path, uint line)
    {
        var scope = Scopes.Contains(text[0], StringComparison.Ordinal) ? text[0] : ' ';
        var cursor = new SudoersCursor(scope == ' ' ? text : text[1..]);
        var names = scope switch { ' ' => [], '!' => Programs(cursor), _ => SudoRuleText.Names(cursor) };
        if (names is null) return null;
        var found = new List<SudoDefault>();
        do
        {
            var not = cursor.TakeNot();
            if (Setting(cursor, not) is not var (name, value)) return null;
            found.Add(new SudoDefault(name, value.Length > LongestValue ? value[..LongestValue] : value, scope, names, path, line));
        }
        while (cursor.Take(','));
        return cursor.AtEnd ? found : null;
    }

    private static (string Name, string Value)? Setting(SudoersCursor cursor, bool not)
    {
        if (cursor.Sees('"') || cursor.Name() is not { } name) return null;
        // The sign of `+=` and `-=` may stick to the name.
        var sticks = name[^1] is '+' or '-';
        var adds = sticks || cursor.Take('+') || cursor.Take('-');
        if (!cursor.Take('=')) return adds ? null : (name, not ? Off : On);
        if (not || cursor.Value() is not { } value) return null;
        return (sticks ? name[..^1] : name, value);
    }

    // The settings follow behind a blank, where a rule would have arguments.
    private static List<Listed>? Programs(SudoersCursor cursor)
    {
        var found = new List<Listed>();
        do
        {
            var not = cursor.TakeNot();
            if (cursor.Digest() is not { } name) return null;
            found.Add(new Listed(name, not));
        }
        while (cursor.Take(','));
        return found;
    }
}
