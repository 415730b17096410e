using Microsoft.Extensions.Logging;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Writes what collectors bring into the spool, as reports of one signed chain.</summary>
internal sealed partial class ReportWriter(Spool spool, DeviceSigner signer, RefreshRequests refresh, TimeProvider time, ILogger<ReportWriter> logger)
    : IFactSink, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Pulse _flushed = new();
    private readonly PendingGaps _gaps = new();
    private readonly SignatureClock _clock = new(time);
    private readonly ReportChain _chain = new(spool, signer);
    private readonly ReportingAgain _reporting = new(refresh, time);

    /// <inheritdoc/>
    public async ValueTask<bool> PutAsync(FactBatch batch, CancellationToken ct)
    {
        if (batch.Changed.Count + batch.Samples.Count + batch.Unchanged.Count == 0) return true;
        return await AloneAsync(() => Flush(batch), ct);
    }

    /// <summary>Remembers a loss for the next report: one of its own might be refused for the same reason, and so on without end.</summary>
    public async Task NoteAsync(Gap gap, CancellationToken ct) => await AloneAsync(
        () =>
        {
            _gaps.Add(gap);
            return true;
        },
        ct);

    /// <summary>The spool was set back or copied: begins a new epoch, into which what the server did not acknowledge is written anew.</summary>
    public async Task BeginEpochAsync(CancellationToken ct) => await AloneAsync(() => TryWrite(spool.BeginEpoch) && WriteAnew(), ct);

    /// <summary>Sets the longest time between two signed reports.</summary>
    public void SetHeartbeat(TimeSpan heartbeat)
    {
        _clock.Heartbeat = heartbeat;
        _flushed.Beat();
    }

    /// <summary>Signs what no flush has signed in time; signs what is owed when it is told to stop.</summary>
    public async Task SignInTimeAsync(CancellationToken ct)
    {
        if (spool.HasGaps || spool.Carried.Any) await AloneAsync(() => Flush(Nothing()), ct);
        for (var flushed = _flushed.Next; !ct.IsCancellationRequested; flushed = _flushed.Next)
        {
            var left = _clock.Left;
            if (left == TimeSpan.Zero) await AloneAsync(() => Flush(Nothing(), mustSign: true), CancellationToken.None);
            else await flushed.WaitAsync(left, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_clock.Owes) await AloneAsync(() => Flush(Nothing(), mustSign: true), CancellationToken.None);
    }

    public void Dispose() => _gate.Dispose();

    private FactBatch Nothing() => new(time.GetUtcNow(), [], [], []);

    private async Task<bool> AloneAsync(Func<bool> write, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return write();
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool Flush(FactBatch batch, bool mustSign = false)
    {
        if (spool.Carried.Any && !WriteAnew()) return false;
        var facts = batch.Changed.Concat(batch.Samples).Select(Fitting).ToList();
        if (!TryWrite(() => spool.MakeRoom(facts.Sum(FactPages.SizeOf)))) return false;
        foreach (var gap in spool.TakeGaps()) Lost(gap);

        var change = batch.Changed.Count > 0 || _gaps.Any;
        var sign = mustSign || _clock.Wants(change);
        var content = new ReportChain.Content(batch.CollectedAt, FactPages.Of(facts), batch.Unchanged, _gaps.At(time.GetUtcNow()));
        if (!TryWrite(() => spool.Append(_chain.Build(content, sign)))) return false;

        _clock.Flushed(change, sign);
        _reporting.After(content.Gaps.Count > 0);
        _gaps.Clear();
        _flushed.Beat();
        return true;
    }

    private bool WriteAnew() => TryWrite(() => spool.Carried.WriteAnew(spool, _chain));

    private bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _clock.Failed();
            if (_gaps.CouldNotWrite(time.GetUtcNow())) CannotWrite(fault.Message);
            return false;
        }
    }

    private void Lost(Gap gap)
    {
        _gaps.Add(gap);
        ReportsLost(gap.Cause, gap.HasFirstSequence ? gap.FirstSequence : null, gap.HasLastSequence ? gap.LastSequence : null);
    }

    private Fact Fitting(Fact fact)
    {
        if (FactPages.SizeOf(fact) <= FactPages.Largest) return fact;
        TooLarge(fact.KindCase, FactPages.SizeOf(fact));
        return OversizedFact.InPlaceOf(fact);
    }

    [LoggerMessage(1200, LogLevel.Error, "The spool cannot be written ({Fault}): facts wait until there is room again")]
    private partial void CannotWrite(string fault);

    [LoggerMessage(1201, LogLevel.Warning, "Reports were lost: {Cause}, sequences {First} to {Last}; everything is reported again")]
    private partial void ReportsLost(Gap.Types.Cause cause, ulong? first, ulong? last);

    [LoggerMessage(1202, LogLevel.Error, "{Kind} takes {Bytes} bytes, more than a report may hold: only that it is too large is reported")]
    private partial void TooLarge(Fact.KindOneofCase kind, int bytes);
}
