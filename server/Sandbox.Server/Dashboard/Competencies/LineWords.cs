using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.SignOffs;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Lines, columns and decisions for people.</summary>
internal static class LineWords
{
    /// <summary>A column's name.</summary>
    public static string Of(LineColumn column) => column == LineColumn.Ojt ? "On-the-job training" : "Related instruction";

    /// <summary>A column in an address and on the page.</summary>
    public static string Id(LineColumn column) => column == LineColumn.Ojt ? "ojt" : "ri";

    /// <summary>The column of a word in an address. Null: there is no such column.</summary>
    public static LineColumn? Column(string word) => word switch { "ojt" => LineColumn.Ojt, "ri" => LineColumn.Ri, _ => null };

    /// <summary>Tone and word of a decision.</summary>
    public static (Tone Tone, string Word) Of(DecisionKind kind) => kind switch
    {
        DecisionKind.SignedOff => (Tone.Good, "signed"),
        DecisionKind.Returned => (Tone.Warn, "returned"),
        _ => (Tone.Bad, "revoked"),
    };

    /// <summary>What a signature would be on: <c>2 pieces of evidence that held, at best E2, and the record that was entered</c>.</summary>
    public static string On(Basis basis) => (basis.Evidence.Count, basis.Records.Count) switch
    {
        (0, 0) => "your word alone",
        (0, var records) => Records(records),
        (_, 0) => Pieces(basis),
        var (_, records) => $"{Pieces(basis)} and {Records(records)}",
    };

    private static string Pieces(Basis basis) =>
        $"{(basis.Evidence.Count == 1 ? "the piece" : $"{basis.Evidence.Count} pieces")} of evidence that held, at best {basis.Evidence.Max(one => one.Grade)}";

    private static string Records(int count) => count == 1 ? "the record that was entered" : $"{count} records that were entered";

    /// <summary>How long something took: <c>1.5 h</c>. Null: not said.</summary>
    public static string? Hours(LearningRecord record) => record.Minutes is { } minutes ? $"{FormattableString.Invariant($"{minutes / 60.0:0.##}")} h" : null;

    /// <summary>A size in bytes.</summary>
    public static string Size(long bytes) => bytes < 10_000 ? $"{bytes} bytes" : bytes < 10_000_000 ? $"{bytes / 1000} kB" : $"{bytes / 1_000_000} MB";
}
