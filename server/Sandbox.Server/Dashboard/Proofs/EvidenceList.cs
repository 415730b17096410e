using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Storage.Crediting;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>A piece of evidence with the names that belong to it.</summary>
/// <param name="Evidence">As it is kept.</param>
/// <param name="Device">Name of the device. Null: it is gone.</param>
/// <param name="Person">Name of who is credited. Null: they are gone.</param>
public sealed record EvidenceRow(StoredEvidence Evidence, string? Device, string? Person)
{
    /// <summary>What happened, in a sentence.</summary>
    public string Sentence => EvidenceWords.Sentence(Evidence, Device ?? "a device that is gone");
}

/// <summary>A line of the schedule with how much evidence there is for it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Count">Pieces of evidence that the filter finds for it.</param>
/// <param name="IsSeen">Whether devices can show anything for it; otherwise a mentor attests it.</param>
public sealed record LineCount(ScheduleLine Line, int Count, bool IsSeen)
{
    /// <summary>How far the one person is with it whose evidence is shown. Null: it is that of several, or devices can show nothing for it.</summary>
    public LineState? State { get; init; }
}

/// <summary>A job function with its lines.</summary>
/// <param name="Function">The function.</param>
/// <param name="Lines">Its lines in their order.</param>
public sealed record FunctionCount(JobFunction Function, IReadOnlyList<LineCount> Lines)
{
    /// <summary>Pieces of evidence for all of its lines.</summary>
    public int Count => Lines.Sum(line => line.Count);
}

/// <summary>One page of evidence.</summary>
public sealed record EvidenceList
{
    /// <summary>Pieces on a page.</summary>
    public const int PageSize = 25;

    /// <summary>Which ones.</summary>
    public required EvidenceFilter Filter { get; init; }

    /// <summary>Those of this page, the newest first.</summary>
    public required IReadOnlyList<EvidenceRow> Rows { get; init; }

    /// <summary>How many the filter finds.</summary>
    public required int Total { get; init; }

    /// <summary>The schedule with counts: of the same person and state, whatever the line.</summary>
    public required IReadOnlyList<FunctionCount> Functions { get; init; }

    /// <summary>People who may be chosen; only the own name for those who see only their own.</summary>
    public required IReadOnlyList<(Guid Id, string Name)> People { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The last page, from 1.</summary>
    public int LastPage => Math.Max(1, (Total + PageSize - 1) / PageSize);
}
