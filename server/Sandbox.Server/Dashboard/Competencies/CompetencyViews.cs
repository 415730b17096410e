using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Proofs;
using Sandbox.Server.Retention;
using Sandbox.Server.SignOffs;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>The page of all apprentices.</summary>
/// <param name="Waiting">What a mentor has to look at, the longest wait first.</param>
/// <param name="Apprentices">Everybody with a schedule, by name.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record OverviewView(IReadOnlyList<WaitingColumn> Waiting, IReadOnlyList<ApprenticeProgress> Apprentices, DateTimeOffset AsOf);

/// <summary>A column that waits for a mentor.</summary>
/// <param name="PersonId">The apprentice.</param>
/// <param name="Person">Their name.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
/// <param name="State">How far it is.</param>
/// <param name="Basis">What there is to decide on.</param>
public sealed record WaitingColumn(Guid PersonId, string Person, ScheduleLine Line, LineColumn Column, LineState State, Basis Basis)
{
    /// <summary>Whether the password alone is missing: what takes words of one's own is signed on the page of its line.</summary>
    public bool IsSignedByPassword => Decisions.Fault(DecisionKind.SignedOff, Column, State, Basis, hasWords: false) is null;
}

/// <summary>How far an apprentice is in all.</summary>
/// <param name="PersonId">The apprentice.</param>
/// <param name="Person">Their name.</param>
/// <param name="Lines">Their core lines.</param>
public sealed record ApprenticeProgress(Guid PersonId, string Person, IReadOnlyList<LineProgress> Lines)
{
    /// <summary>Columns of core lines that are in this state.</summary>
    public int Count(LineColumn column, LineStanding standing) => Lines.Count(line => line.State(column).Standing == standing);

    /// <summary>Columns, of any line, that wait for a mentor.</summary>
    public required int Waiting { get; init; }

    /// <summary>Columns, of any line, that were given back or whose signature was revoked.</summary>
    public required int Back { get; init; }
}

/// <summary>A line with the states of its columns.</summary>
/// <param name="Line">The line.</param>
/// <param name="Ojt">On-the-job training.</param>
/// <param name="Ri">Related instruction.</param>
public sealed record LineProgress(ScheduleLine Line, LineState Ojt, LineState Ri)
{
    /// <summary>The state of a column.</summary>
    public LineState State(LineColumn column) => column == LineColumn.Ojt ? Ojt : Ri;
}

/// <summary>The page of one apprentice's lines.</summary>
/// <param name="Progress">How far they are in all.</param>
/// <param name="Functions">The schedule with the states of its lines.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record PersonLinesView(ApprenticeProgress Progress, IReadOnlyList<(JobFunction Function, IReadOnlyList<LineProgress> Lines)> Functions, DateTimeOffset AsOf)
{
    /// <summary>How long their record is kept. Null: they were erased while this was read.</summary>
    internal KeptPerson? Kept { get; init; }
}

/// <summary>The page of one line of an apprentice.</summary>
public sealed record LineView
{
    /// <summary>The apprentice.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Their name.</summary>
    public required string Person { get; init; }

    /// <summary>The line with the states of its columns.</summary>
    public required LineProgress Progress { get; init; }

    /// <summary>What devices can show for the line under the policy that judges. Null: nothing.</summary>
    public required string? Shown { get; init; }

    /// <summary>What devices showed: all that held, and the newest of the rest.</summary>
    public required IReadOnlyList<EvidenceRow> Evidence { get; init; }

    /// <summary>What is to be decided on, by column.</summary>
    public required IReadOnlyDictionary<LineColumn, Basis> Basis { get; init; }

    /// <summary>What was entered, withdrawn too, the newest first.</summary>
    public required IReadOnlyList<RecordRow> Records { get; init; }

    /// <summary>What was decided, the newest first.</summary>
    public required IReadOnlyList<DecisionRow> Decisions { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A record as the page shows it.</summary>
/// <param name="Record">As it is kept.</param>
/// <param name="EnteredBy">Name of who entered it. Null: they are gone.</param>
/// <param name="WithdrawnBy">Name of who withdrew it. Null: it stands, or they are gone.</param>
/// <param name="SameFileOf">Names of others who handed in the same file.</param>
public sealed record RecordRow(LearningRecord Record, string? EnteredBy, string? WithdrawnBy, IReadOnlyList<string> SameFileOf);

/// <summary>A decision as the page shows it.</summary>
/// <param name="Decision">As it is kept.</param>
/// <param name="By">Name of who decided. Null: they are gone.</param>
/// <param name="Things">What was there to see.</param>
public sealed record DecisionRow(SignOff Decision, string? By, IReadOnlyList<SeenRow> Things);

/// <summary>Something that was there to see when it was decided.</summary>
/// <param name="Id">Id of the evidence or the record.</param>
/// <param name="Words">What it was, as it is now.</param>
/// <param name="Grade">The evidence's grade then. Null: it is a record.</param>
/// <param name="Now">What became of it since. Null: it is as it was.</param>
public sealed record SeenRow(Guid Id, string Words, Grade? Grade, string? Now);
