using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>
/// Which faults are applied. A record is on disk before its fault is, and stays for 30 days after it is settled, so that an order that is sent again is not
/// carried out again. What ends one that is applied: its window, the agent's word, a lease that nobody renews, somebody's repair, and every start of the helper.
/// </summary>
internal sealed class FaultBook(UndoRecords disk, IReadOnlyList<IFault> faults, Tree tree, TimeProvider time) : IDisposable
{
    /// <summary>The longest that one may stay.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(14);

    /// <summary>How often is looked whether it is time, and whether somebody has repaired one.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private const int IdLength = 16;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lease _lease = new(time);
    private readonly List<FaultRecord> _records = disk.Read();

    /// <summary>Does what is asked for, and tells how all stand.</summary>
    public Task<HelperAnswer> AnswerAsync(HelperRequest request, CancellationToken ct) => AloneAsync(
        async () =>
        {
            var refused = await CarryOutAsync(request, ct);
            var answer = new HelperAnswer { Records = { _records.Select(one => one.Clone()) } };
            if (refused is not null) answer.Refused = refused;
            return answer;
        },
        ct);

    /// <summary>Ends what is over, and notes what somebody repaired, until it is told to stop.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (!ct.IsCancellationRequested)
        {
            // What is begun is brought to its end; told to stop, the caller undoes what is left.
            await LookAsync(CancellationToken.None);
            await ((Task)timer.WaitForNextTickAsync(ct).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once.</summary>
    public Task LookAsync(CancellationToken ct) => AloneAsync(
        async () =>
        {
            foreach (var record in Open())
            {
                if (time.GetUtcNow() >= record.Until.ToDateTimeOffset()) await SettleAsync(record, FaultUndoCause.WindowOver, ct);
                else if (_lease.IsOver) await SettleAsync(record, FaultUndoCause.ServerAway, ct);
                else await SettleAsync(record, null, ct);
            }

            foreach (var record in _records.Where(one => one.SettledAt is { } at && at.ToDateTimeOffset() < time.GetUtcNow() - KeptFor).ToList()) Forget(record);
            return true;
        },
        ct);

    /// <summary>Undoes all of it, because the helper starts or stops.</summary>
    /// <returns>Whether nothing is left.</returns>
    public Task<bool> UndoAllAsync(CancellationToken ct) => AloneAsync(
        async () =>
        {
            foreach (var record in Open()) await SettleAsync(record, FaultUndoCause.Restarted, ct);
            return Open().Count == 0;
        },
        ct);

    public void Dispose() => _gate.Dispose();

    // Nothing that is asked for may end the helper, whatever goes wrong with it: what is applied would stay.
    private async Task<string?> CarryOutAsync(HelperRequest request, CancellationToken ct)
    {
        try
        {
            return request.ContentCase switch
            {
                HelperRequest.ContentOneofCase.Apply => await ApplyAsync(request.Apply, ct),
                HelperRequest.ContentOneofCase.Undo => await WithdrawAsync(request.Undo, ct),
                HelperRequest.ContentOneofCase.Keep => Keep(),
                HelperRequest.ContentOneofCase.List => null,
                _ => "this helper does not know what is asked for",
            };
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested)
        {
            return trouble.Message;
        }
    }

    private List<FaultRecord> Open() => [.. _records.Where(one => one.State is FaultState.Prepared or FaultState.Applied)];

    private string? Keep()
    {
        _lease.Renew();
        return null;
    }

    private async Task<string?> ApplyAsync(ApplyFault order, CancellationToken ct)
    {
        if (order.Id.Length != IdLength || order.Until is null) return "the order lacks its id or its end";
        if (_records.Exists(one => one.Id == order.Id)) return null;
        if (faults.FirstOrDefault(one => one.Name == order.Fault) is not { } fault) return $"this helper knows no fault {(int)order.Fault}";
        var (now, until) = (time.GetUtcNow(), order.Until.ToDateTimeOffset());
        if (until <= now) return "its window is over by this machine's clock";
        if (until > now + LongestWindow) return $"its window is longer than {LongestWindow.TotalDays:0} days";
        if (Open().Exists(one => one.Fault == order.Fault)) return "the same fault is applied already";
        var outlook = await fault.LookAsync(order.Id.Memory, ct);
        return outlook is Outlook.Possible possible ? await ApplyAsync(fault, New(order, possible), ct) : ((Outlook.Impossible)outlook).Why;
    }

    private FaultRecord New(ApplyFault order, Outlook.Possible possible)
    {
        var record = new FaultRecord { Id = order.Id, Fault = order.Fault, State = FaultState.Prepared, Until = order.Until, Place = possible.Place, Seeded = possible.Seeded };
        if (possible.Before is not null) record.Before = possible.Before;
        if (possible.EndsWithBoot && tree.Boot is { } boot) record.Boot = boot;
        return record;
    }

    private async Task<string?> ApplyAsync(IFault fault, FaultRecord record, CancellationToken ct)
    {
        disk.Write(record);
        _records.Add(record);
        try
        {
            await fault.ApplyAsync(record, ct);
            (record.State, record.AppliedAt) = (FaultState.Applied, time.GetUtcNow().ToTimestamp());
            disk.Write(record);
            _lease.Renew();
            return null;
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested)
        {
            // What was changed of it is taken back; what cannot be stays on record and is tried again.
            await SettleAsync(record, FaultUndoCause.Withdrawn, ct);
            if (record.State == FaultState.Undone) Forget(record);
            return trouble.Message;
        }
    }

    private async Task<string?> WithdrawAsync(UndoFault order, CancellationToken ct)
    {
        if (Open().Find(one => one.Id == order.Id) is not { } record) return null;
        await SettleAsync(record, FaultUndoCause.Withdrawn, ct);
        return record.SettledAt is null ? "it could not be undone yet, and is tried again" : null;
    }

    // Without a cause it is only looked whether somebody has repaired it. The repair wins: what is no longer as it was seeded is left alone. But what the helper has begun to undo is
    // nobody's repair, also when it failed or was ended in the midst: at a shutdown systemd enables a service and starts none. It is gone on with whenever one looks.
    private async Task SettleAsync(FaultRecord record, FaultUndoCause? cause, CancellationToken ct)
    {
        try
        {
            var fault = faults.First(one => one.Name == record.Fault);
            var ended = record.HasBoot && record.Boot != tree.Boot;
            var there = !ended && await fault.IsThereAsync(record, ct);
            var begun = record.Cause != FaultUndoCause.Unspecified;
            if (there && cause is null && !begun) return;
            // Of what was only prepared nobody knows whether it was ever there.
            var repaired = !there && !ended && !begun && record.State == FaultState.Applied;
            if (!begun && !repaired) record.Cause = cause ?? FaultUndoCause.Restarted;
            if (there)
            {
                disk.Write(record);
                await fault.UndoAsync(record, ct);
            }

            (record.State, record.SettledAt) = (repaired ? FaultState.Repaired : FaultState.Undone, time.GetUtcNow().ToTimestamp());
            disk.Write(record);
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested)
        {
            // Whatever it is, the other records have to be looked at as well.
            await Console.Error.WriteLineAsync($"{record.Place}: {trouble.Message}. It is tried again in {Every.TotalSeconds:0} s.");
        }
    }

    private void Forget(FaultRecord record)
    {
        disk.Delete(record);
        _records.Remove(record);
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
