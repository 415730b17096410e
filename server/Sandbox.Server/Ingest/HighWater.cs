namespace Sandbox.Server.Ingest;

/// <summary>How far the reports of one epoch are stored, and what may come next.</summary>
/// <param name="lastSequence">Highest stored sequence; 0: none.</param>
/// <param name="lastHash">Hash of the report with that sequence. Null: none is stored.</param>
internal sealed class HighWater(long lastSequence, byte[]? lastHash)
{
    /// <summary>Highest sequence taken; 0: none.</summary>
    public long LastSequence { get; private set; } = lastSequence;

    /// <summary>Hash of the report with that sequence. Null: none was taken.</summary>
    public byte[]? LastHash { get; private set; } = lastHash;

    /// <summary>How a report stands to those before it.</summary>
    public Standing Of(CheckedReport report)
    {
        if (report.Sequence == LastSequence && LastHash is not null && !report.Hash.AsSpan().SequenceEqual(LastHash)) return Standing.Forked;
        if (report.Sequence <= LastSequence) return Standing.Repeated;
        if (report.Content.HasPreviousHash == (report.Sequence == 1)) return Standing.Broken;
        if (report.Sequence > LastSequence + 1) return Standing.Jumped;
        return LastHash is null || report.Content.PreviousHash.Span.SequenceEqual(LastHash) ? Standing.Next : Standing.Forked;
    }

    /// <summary>Goes on from this report.</summary>
    public void Rise(CheckedReport report) => (LastSequence, LastHash) = (report.Sequence, report.Hash);
}

/// <summary>How a report stands to those before it.</summary>
internal enum Standing
{
    /// <summary>It follows on.</summary>
    Next,

    /// <summary>It is stored already.</summary>
    Repeated,

    /// <summary>Reports before it are missing.</summary>
    Jumped,

    /// <summary>It names no report before it though it is not the first, or one though it is.</summary>
    Broken,

    /// <summary>It is not what followed, or follows, the stored one: two spools have gone on from one.</summary>
    Forked,
}
