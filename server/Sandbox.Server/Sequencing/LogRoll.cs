using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>Gives the log a new key under the same origin, in two steps, so that auditors can learn the new key while the old one still signs.</summary>
internal sealed class LogRoll(CommandStore store)
{
    private readonly LogKeyFiles _files = new(store.Folders);

    /// <summary>Makes the new key and says so in the log; repeated after a crash it goes on where it was.</summary>
    /// <returns>The new verifier key.</returns>
    /// <exception cref="SetupException">A roll is under way already.</exception>
    public async Task<VerifierKey> BeginAsync(CancellationToken ct)
    {
        if (_files.IsRolling && !_files.HasNext)
            throw new SetupException("Two keys sign already. Finish that roll first, with: sandbox-server log roll --finish");
        using var keys = _files.Load(store.Settings.LogOrigin);
        using var next = _files.NextKey(keys.Origin);
        var db = store.Get<SandboxDb>();
        await KeyEntries.AddAsync(db, keys.Verifier, next.Verifier, seen: null, ct);
        await db.SaveChangesAsync(ct);
        _files.BeginRoll();
        return next.Verifier;
    }

    /// <summary>
    /// Lets the old key go, once a checkpoint that both keys signed covers the entry that names the new one. That checkpoint is kept: it leads whoever knows
    /// the old key alone to the new one.
    /// </summary>
    /// <returns>The old verifier key.</returns>
    /// <exception cref="SetupException">No roll is under way, or there is no such checkpoint yet.</exception>
    public async Task<VerifierKey> FinishAsync(CancellationToken ct)
    {
        using var keys = _files.Load(store.Settings.LogOrigin);
        if (keys.Signing.Count < 2) throw new SetupException("Only one key signs: there is no roll to finish. Begin one with: sandbox-server log roll");
        var old = keys.Signing[1].Verifier;
        new Handovers(store.Folders).Keep(old, await HandoverAsync(old, keys.Verifier, ct));
        _files.FinishRoll(old);
        return old;
    }

    private async Task<byte[]> HandoverAsync(VerifierKey old, VerifierKey next, CancellationToken ct)
    {
        var head = await store.Get<ILogStore>().HeadAsync(store.Settings.LogOrigin, ct);
        var index = await KeyEntries.IndexAsync(store.Get<SandboxDb>(), next, ct);
        return head.Checkpoint is { } note && index < head.CheckpointSize && IsSignedByBoth(note)
            ? note
            : throw new SetupException(
                "No checkpoint that both keys signed holds the entry of the new key yet, so whoever knows the old key alone could not be led to the new one. Start the server, wait until log status says that nothing waits, stop it, and type this again.");

        bool IsSignedByBoth(byte[] bytes)
        {
            var signed = SignedNote.Parse(bytes);
            return signed.IsSignedBy(old) && signed.IsSignedBy(next);
        }
    }
}
