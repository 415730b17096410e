using Sandbox.Evidence;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>How something stands: always a glyph and a word beside the colour.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not as it should be.</summary>
    Bad,

    /// <summary>Wants a look.</summary>
    Warn,

    /// <summary>Not known; never shown as good.</summary>
    Unknown,

    /// <summary>Off, out of reach or out of service.</summary>
    Off,
}

/// <summary>Tone and word of verdicts.</summary>
internal static class Verdicts
{
    public static Tone Tone(Verdict? verdict) => verdict switch
    {
        Verdict.Pass => Words.Tone.Good,
        Verdict.Fail => Words.Tone.Bad,
        Verdict.Error => Words.Tone.Warn,
        Verdict.Unknown => Words.Tone.Unknown,
        _ => Words.Tone.Plain,
    };

    public static string Word(Verdict? verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        Verdict.Error => "error",
        Verdict.Unknown => "unknown",
        Verdict.NotApplicable => "does not apply",
        Verdict.Exempt => "exempt",
        _ => "gone",
    };

    /// <summary>The word for a verdict by its name, as the evidence log keeps it: <c>notapplicable</c>.</summary>
    public static string Word(string name) => Enum.TryParse<Verdict>(name, ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? Word(verdict) : name;

    /// <summary>The word as scripts read it from <c>data-verdict</c>.</summary>
    public static string Hook(Verdict verdict) => verdict == Verdict.NotApplicable ? "not_applicable" : Word(verdict);

    /// <summary>Trouble first.</summary>
    public static int Order(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 0,
        Verdict.Error => 1,
        Verdict.Unknown => 2,
        Verdict.Exempt => 3,
        Verdict.Pass => 4,
        _ => 5,
    };
}
