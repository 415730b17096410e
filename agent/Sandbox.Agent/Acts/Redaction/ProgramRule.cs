namespace Sandbox.Agent.Acts.Redaction;

/// <summary>Which arguments of one program are shown.</summary>
internal sealed class ProgramRule
{
    /// <summary>Short options without a value, letter by letter.</summary>
    public string Flags { get; init; } = "";

    /// <summary>Long options without a value.</summary>
    public string[] LongFlags { get; init; } = [];

    /// <summary>Options whose value is shown when it has the shape: <c>-g</c>, <c>--gid</c>.</summary>
    public string[] Shown { get; init; } = [];

    /// <summary>Options whose value is never shown.</summary>
    public string[] Hidden { get; init; } = [];

    /// <summary>What a shown value must look like.</summary>
    public Func<string, bool> Value { get; init; } = static value => Shape.IsName(value) || Shape.IsNumber(value) || Shape.IsPath(value);

    /// <summary>What an argument that is no option must look like. Null: none is shown.</summary>
    public Func<string, bool>? Positional { get; init; }

    /// <summary>
    /// Most arguments that are no options. With more of them none is shown: a log that joins words with blanks makes several out of one that was
    /// quoted, a comment or worse.
    /// </summary>
    public int MostPositional { get; init; } = int.MaxValue;

    /// <summary>Behind so many arguments that are no options (the verb is not among them) nothing is shown: what follows may be anybody's words.</summary>
    public int FirstPositional { get; init; } = int.MaxValue;

    /// <summary>The first argument that is no option must be one of these, or nothing is shown. Empty: any.</summary>
    public string[] Verbs { get; init; } = [];

    /// <summary>Behind such a word nothing is shown.</summary>
    public string[] StopAt { get; init; } = [];
}
