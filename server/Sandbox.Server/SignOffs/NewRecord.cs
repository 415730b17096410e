using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;

namespace Sandbox.Server.SignOffs;

/// <summary>What somebody enters of what an apprentice did, read or was taught.</summary>
/// <param name="At">The apprentice, line and column.</param>
/// <param name="Day">The day on which it was, or ended.</param>
/// <param name="Source">Who taught, what was read or attended, or where the work was.</param>
/// <param name="Minutes">How long it took. Null: not said.</param>
/// <param name="Summary">What was learnt or done. Empty: not said.</param>
/// <param name="File">The certificate. Null: there is none.</param>
internal sealed record NewRecord(LineAddress At, DateOnly Day, string Source, int? Minutes, string Summary, HashedFile? File)
{
    /// <summary>The line of the learning log: what was read, conferences, other professionals.</summary>
    public const string LearningLog = "7.4";

    /// <summary>How old an entry of the learning log may be, in days: later nothing vouches for the day.</summary>
    public const int OldestDays = 30;

    /// <summary>Longest source, in characters.</summary>
    public const int LongestSource = 200;

    /// <summary>Longest summary, in characters.</summary>
    public const int LongestSummary = 4000;

    private const int LeastMinutes = 6;
    private const int MostMinutes = 2000 * 60;

    /// <summary>Shortest summary, in characters; 0 where none is asked for.</summary>
    public static int ShortestSummary(string line, LineColumn column) => column == LineColumn.Ri ? 0 : line == LearningLog ? 120 : 20;

    /// <summary>Why it cannot be entered, with what to type. Null: it can.</summary>
    public string? Fault(DateOnly today) => this switch
    {
        _ when Schedule.Current.Line(At.Line) is null => $"The schedule has no line {At.Line}.",
        // Where the apprentice is, the day may have begun that has not begun in UTC.
        _ when Day > today.AddDays(1) => $"{Day:yyyy-MM-dd} is still to come.",
        _ when Day.Year < 2000 => $"{Day:yyyy-MM-dd} is too long ago.",
        { At: { Line: LearningLog, Column: LineColumn.Ojt } } when Day < today.AddDays(-OldestDays) => $"{Day:yyyy-MM-dd} is more than {OldestDays} days ago: the learning log is kept as one goes, so that nothing is dated back.",
        { Source.Length: < 2 } => At.Column == LineColumn.Ri ? "Say who taught: the provider and the course." : "Say where or from whom it was.",
        { Source.Length: > LongestSource } => $"The source has {Source.Length} characters; {LongestSource} is the most.",
        { Summary.Length: > LongestSummary } => $"The summary has {Summary.Length} characters; {LongestSummary} is the most.",
        { At.Column: LineColumn.Ri, Minutes: null } => "Say how many hours the instruction took, such as 1.5.",
        { Minutes: < LeastMinutes or > MostMinutes } => "Hours go from 0.1 to 2000.",
        _ when Summary.Length < ShortestSummary(At.Line, At.Column) => At.Line == LearningLog
            ? $"Say in three sentences what you took from it: at least {ShortestSummary(At.Line, At.Column)} letters, these are {Summary.Length}."
            : $"Say what was done: at least {ShortestSummary(At.Line, At.Column)} letters.",
        _ => null,
    };
}

/// <summary>A file that was read once and is not kept.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Hash">SHA-256.</param>
internal sealed record HashedFile(string Name, long Size, byte[] Hash);
