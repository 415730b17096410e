using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Losses that no durable report has told of yet.</summary>
internal sealed class PendingGaps
{
    private const int MostKept = 256;
    private readonly List<Gap> _gaps = [];
    private DateTimeOffset? _fullSince;

    /// <summary>Whether there is something to tell.</summary>
    public bool Any => _gaps.Count > 0 || _fullSince is not null;

    /// <summary>Remembers a loss; neighbours of one cause become one, and beyond a bound the last one widens.</summary>
    public void Add(Gap gap)
    {
        var before = _gaps.LastOrDefault(g => g.Cause == gap.Cause && g.HasLastSequence && gap.HasFirstSequence);
        if (before is not null && (before.LastSequence + 1 == gap.FirstSequence || _gaps.Count >= MostKept))
            before.LastSequence = Math.Max(before.LastSequence, gap.LastSequence);
        else if (_gaps.Count < MostKept) _gaps.Add(gap);
    }

    /// <summary>Facts could not be written at this instant.</summary>
    /// <returns>Whether this began the loss.</returns>
    public bool CouldNotWrite(DateTimeOffset now)
    {
        var begins = _fullSince is null;
        _fullSince ??= now;
        return begins;
    }

    /// <summary>What a report written now has to say.</summary>
    public IReadOnlyList<Gap> At(DateTimeOffset now) => _fullSince is not { } since
        ? _gaps
        : [.. _gaps, new Gap { Cause = Gap.Types.Cause.DiskFull, From = since.ToTimestamp(), To = now.ToTimestamp() }];

    /// <summary>They are told.</summary>
    public void Clear()
    {
        _gaps.Clear();
        _fullSince = null;
    }
}
