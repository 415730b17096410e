using Sandbox.Server.Live;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Witness;

/// <summary>Stops the signing when a witness, a device or one outside, proves that the database is an older copy of itself.</summary>
internal sealed partial class Halt(ILogStore store, LogBell bell, TimeProvider time, ILogger<Halt> logger)
{
    /// <summary>Ends every reason for a halt: what to do.</summary>
    internal const string WhatToDo = "The database is an older copy, or another one. Stop the server and put the newer database back; if it is lost, type: sandbox-server log renew --yes";

    /// <summary>Halts the log; the first reason stands.</summary>
    /// <param name="who">Who showed it, for people.</param>
    /// <param name="shown">The checkpoint, a signed note.</param>
    /// <param name="finding">Why it contradicts this log.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="Storage.Telemetry.StoreUnavailableException">The database cannot do it now.</exception>
    public async Task LogAsync(string who, byte[] shown, Finding finding, CancellationToken ct)
    {
        var reason = $"{who} showed {finding.Words}. {WhatToDo}";
        await store.HaltAsync(reason, shown, time.GetUtcNow(), ct);
        Halted(reason);
        bell.Ring();
    }

    [LoggerMessage(3450, LogLevel.Critical, "Nothing is signed in the evidence log any more: {Reason}")]
    private partial void Halted(string reason);
}
