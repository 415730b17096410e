using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>What a person decides about a device whose identity was in two places.</summary>
internal sealed class CloneCases(SandboxDb db, JoinCodes codes, TimeProvider time)
{
    /// <summary>Makes two join codes: with one the right machine goes on as the device, with a new key; with the other the copy becomes a device of its own.</summary>
    /// <param name="device">A quarantined device.</param>
    /// <param name="life">How long the codes are taken.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It is not in quarantine.</exception>
    public async Task<SplitCodes> SplitAsync(DeviceId device, TimeSpan life, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db.Devices.AsNoTracking().SingleAsync(x => x.Id == device, ct);
        if (row.State != DeviceState.Quarantined)
            throw new SetupException($"{row.Name} is not in quarantine: there is nothing to split. A machine that is to take its place gets a code with: sandbox-server devices replace {row.Name}");
        await WithdrawAsync(device, ct);
        var right = await codes.CreateAsync(row.OwnerId, life, replaces: null, ct, continues: device);
        var other = await codes.CreateAsync(row.OwnerId, life, replaces: null, ct);
        await transaction.CommitAsync(ct);
        return new SplitCodes(right.Code, right.Token, other.Code, other.Token);
    }

    /// <summary>
    /// Ends a quarantine: there is no second copy, the machine was set back. A certificate that was superseded and came again counts from now on, for
    /// that is all that such a machine has; on an active device this alone is done.
    /// </summary>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> ReleaseAsync(DeviceId device, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db.Devices.SingleAsync(x => x.Id == device, ct);
        if (row.State is not (DeviceState.Quarantined or DeviceState.Active)) return false;
        var turnedAway = await db.Sightings.Where(x => x.DeviceId == device && x.Session == 0).OrderByDescending(x => x.Id).ToListAsync(ct);
        if (row.State == DeviceState.Active && turnedAway.Count == 0) return false;
        if (turnedAway.Count > 0) row.NextSerial = turnedAway[0].Serial;
        db.Sightings.RemoveRange(turnedAway);
        if (row.State == DeviceState.Quarantined) db.LogEntries.Add(Quarantine.Entry(device, "", now));
        (row.State, row.StateReason, row.StateChangedAt) = (DeviceState.Active, null, row.State == DeviceState.Quarantined ? now : row.StateChangedAt);
        await db.SaveChangesAsync(ct);
        await WithdrawAsync(device, ct);
        await ForgetAsync(db, device, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Forgets where a device was seen: what both copies did before a person decided must not prove it again.</summary>
    public static Task ForgetAsync(SandboxDb db, DeviceId device, CancellationToken ct) =>
        db.Sightings.Where(x => x.DeviceId == device).ExecuteDeleteAsync(ct);

    private async Task WithdrawAsync(DeviceId device, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await db.Codes.Where(x => x.Continues == device && x.RedeemedAt == null && x.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, now), ct);
    }
}

/// <summary>The two join codes of a split.</summary>
/// <param name="Right">With it a machine goes on as the device.</param>
/// <param name="RightToken">Its secret.</param>
/// <param name="Other">With it a machine becomes a device of its own.</param>
/// <param name="OtherToken">Its secret.</param>
internal sealed record SplitCodes(IssuedCode Right, byte[] RightToken, IssuedCode Other, byte[] OtherToken);
