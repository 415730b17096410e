using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// The way out after a halt when the newer database is lost. What the log signed under its name stays signed, so the name is given up: the
/// same tree goes on under another, with another key, and its next entry tells of both and of the checkpoint that was seen.
/// </summary>
internal sealed class LogRenewal(CommandStore store)
{
    private readonly LogKeyFiles _files = new(store.Folders);
    private readonly string _next = NextOrigin(store.Settings.LogOrigin);

    /// <summary>Does it; repeated after a crash it goes on where it was.</summary>
    /// <returns>The new verifier key.</returns>
    /// <exception cref="SetupException">The log is not halted, or nobody said yes.</exception>
    public async Task<VerifierKey> RunAsync(bool yes, CancellationToken ct)
    {
        var head = await store.Get<ILogStore>().HeadAsync(store.Settings.LogOrigin, ct);
        var isBegun = head.Origin == _next;
        if (head.HaltedAt is null && !isBegun)
            throw new SetupException("The log is not halted: it needs no new name. To give it a new key, type: sandbox-server log roll");
        if (!yes && !isBegun)
            throw new SetupException($"This gives up the name {head.Origin} for good: whoever has a checkpoint of {head.Origin} cannot follow the log from it. {head.HaltReason} If you are sure, type: sandbox-server log renew --yes");

        if (!isBegun || _files.HasNext) await ReplaceKeyAsync(isBegun, ct);
        (store.Settings with { LogOrigin = _next }).Save(store.Folders);
        using var keys = _files.Load(_next);
        return keys.Verifier;
    }

    /// <summary><c>lab.example/evidence</c> becomes <c>lab.example/evidence-2</c>, and that becomes <c>lab.example/evidence-3</c>.</summary>
    internal static string NextOrigin(string origin)
    {
        var dash = origin.LastIndexOf('-');
        return dash > origin.LastIndexOf('/') && int.TryParse(origin.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? $"{origin[..dash]}-{number + 1}"
            : $"{origin}-2";
    }

    // First the database, in one transaction; then the files. Only together do they sign: a key of another origin signs nothing.
    private async Task ReplaceKeyAsync(bool isBegun, CancellationToken ct)
    {
        using var before = _files.Load(store.Settings.LogOrigin);
        using var next = _files.NextKey(_next);
        if (!isBegun) await RenameAsync(before.Verifier, next.Verifier, ct);
        _files.Replace(before.Signing.Select(key => key.Verifier));
    }

    private async Task RenameAsync(VerifierKey before, VerifierKey after, CancellationToken ct)
    {
        var db = store.Get<SandboxDb>();
        var head = await db.LogHeads.SingleAsync(ct);
        await KeyEntries.AddAsync(db, before, after, head.HaltCheckpoint, ct);
        head.Origin = _next;
        (head.Checkpoint, head.CheckpointSize, head.PublishedAt) = (null, 0, null);
        (head.HaltedAt, head.HaltReason, head.HaltCheckpoint) = (null, null, null);
        await db.SaveChangesAsync(ct);
    }
}
