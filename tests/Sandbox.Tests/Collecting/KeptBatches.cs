using System.Threading.Channels;
using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

/// <summary>A sink that keeps what it gets; it can be full.</summary>
internal sealed class KeptBatches : IFactSink
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<FactBatch> _kept = Channel.CreateUnbounded<FactBatch>();

    public bool Full { get; set; }

    public int Refused { get; private set; }

    /// <summary>Until it ends, batches wait, as while another one is written. Null: none does.</summary>
    public Task? Busy { get; set; }

    public async ValueTask<bool> PutAsync(FactBatch batch, CancellationToken ct)
    {
        if (Busy is { IsCompleted: false } busy)
        {
            _asked.TrySetResult();
            await busy.WaitAsync(ct);
        }

        if (Full)
        {
            Refused++;
            return false;
        }
        _kept.Writer.TryWrite(batch);
        return true;
    }

    /// <summary>Returns once a batch waits because it is busy.</summary>
    public Task IsAskedAsync(CancellationToken ct) => _asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, ct);

    /// <summary>The next batch; fails after 20 s of real time.</summary>
    public async Task<FactBatch> NextAsync(CancellationToken ct) =>
        await _kept.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, ct);

    /// <summary>The next batch with a change.</summary>
    public async Task<FactBatch> NextChangeAsync(CancellationToken ct)
    {
        while (true)
        {
            var batch = await NextAsync(ct);
            if (batch.Changed.Count > 0) return batch;
        }
    }

    /// <summary>Returns once a change to this host name has come.</summary>
    public async Task SaysAsync(string hostName, CancellationToken ct)
    {
        while ((await NextChangeAsync(ct)).Changed[^1].OperatingSystem?.HostName != hostName)
        {
        }
    }

    /// <summary>How many batches wait to be looked at.</summary>
    public int Waiting => _kept.Reader.Count;
}
