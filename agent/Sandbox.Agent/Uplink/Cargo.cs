using Sandbox.Agent.Collecting;
using Sandbox.Agent.Faults;

namespace Sandbox.Agent.Uplink;

/// <summary>What streams carry, from one stream to the next.</summary>
/// <param name="Spool">The reports.</param>
/// <param name="Writer">Who writes them; told of what the server refused.</param>
/// <param name="Signer">Hashes them as the server does.</param>
/// <param name="Checkpoint">The last checkpoint of the evidence log.</param>
/// <param name="Wishes">What the server asks for.</param>
internal sealed record Cargo(Spool Spool, ReportWriter Writer, DeviceSigner Signer, CheckpointFile Checkpoint, ServerWishes Wishes)
{
    /// <summary>The machine as hellos introduce it.</summary>
    public Machine Machine { get; init; } = new("/");

    /// <summary>What somebody watches now.</summary>
    public LiveLane Live { get; init; } = new();

    /// <summary>Seeded faults; of a machine that never opted in unless it is set.</summary>
    public FaultLane Faults { get; init; } = new(new FaultSocket(null), new FaultConsent(null), TimeProvider.System);
}

/// <summary>Where the server's wishes go.</summary>
/// <param name="Refresh">Facts that it wants again.</param>
/// <param name="SetHeartbeat">Longest time between two signed reports.</param>
internal sealed record ServerWishes(RefreshRequests Refresh, Action<TimeSpan> SetHeartbeat);
