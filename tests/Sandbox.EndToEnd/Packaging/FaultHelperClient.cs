using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Faults;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>The helper for seeded faults of a started machine, asked in the agent's place.</summary>
internal sealed class FaultHelperClient(BootedMachine machine)
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    /// <summary>Has a fault applied, until tomorrow.</summary>
    /// <returns>Its record.</returns>
    public async Task<FaultRecord> ApplyAsync(FaultName fault, CancellationToken ct)
    {
        var id = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToTimestamp();
        var answer = await AskAsync(new HelperRequest { Apply = new ApplyFault { Id = id, Fault = fault, Until = until } }, ct);
        Assert.Equal("", answer?.Refused);
        return answer!.Records.Single(one => one.Id == id);
    }

    /// <summary>Has it undone.</summary>
    public async Task UndoAsync(FaultRecord record, CancellationToken ct) => Assert.Equal("", (await AskAsync(new HelperRequest { Undo = new UndoFault { Id = record.Id } }, ct))?.Refused);

    /// <summary>Waits until it is settled.</summary>
    /// <returns>How, and, of one that is undone, why.</returns>
    public async Task<(FaultState State, FaultUndoCause Cause)> EndOfAsync(FaultRecord record, CancellationToken ct)
    {
        FaultRecord? now = null;
        await Patience.UntilAsync(
            $"It is settled: {record.Fault}",
            Patient,
            async () => (now = (await AskAsync(new HelperRequest { List = new ListFaults() }, ct))?.Records.Single(one => one.Id == record.Id)) is { State: FaultState.Undone or FaultState.Repaired },
            ct);
        return (now!.State, now.Cause);
    }

    // Null: it does not run just now.
    private Task<HelperAnswer?> AskAsync(HelperRequest request, CancellationToken ct) => new FaultSocket(machine.At(FaultSocket.Usual)).AskAsync(request, ct);
}
