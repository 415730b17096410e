using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.LocalAccounts;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>Accounts that others may know, by the word of mentors and admins. All of it stands in the evidence log, and the devices that it concerns are judged anew.</summary>
internal sealed class CompromiseBook(SandboxDb db, TimeProvider time)
{
    private const int LongestAccount = 64;
    private const int LongestReason = 200;
    private const int MostNamed = 5;

    /// <summary>Marks an account.</summary>
    /// <param name="mark">What is said; its id and <see cref="StoredMark.MarkedAt"/> are set here.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It cannot be, or it is marked already.</exception>
    public async Task<StoredMark> MarkAsync(StoredMark mark, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (mark.Account.Length is 0 or > LongestAccount || mark.Account.Any(one => char.IsControl(one) || char.IsWhiteSpace(one) || one == ':')) throw new SetupException("Say which account: its name as it stands in /etc/passwd.");
        if (mark.Reason.Length is 0 or > LongestReason || mark.Reason.Any(char.IsControl)) throw new SetupException($"Say why, in {LongestReason} letters at most: who answers it must know what happened.");
        if (mark.Since > DateOnly.FromDateTime(now.UtcDateTime)) throw new SetupException($"{mark.Since:yyyy-MM-dd} is a day to come: say since when others may know the password.");
        if (mark.Since.Year < 1970) throw new SetupException($"{mark.Since:yyyy-MM-dd} is before there were passwords to change: say since when others may know this one.");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await db.CompromiseMarks.AnyAsync(x => x.WithdrawnAt == null && x.Account == mark.Account && x.DeviceId == mark.DeviceId && x.Since >= mark.Since, ct)) throw new SetupException($"{mark.Account} is marked already, since that day or a later one.");
        if (mark.DeviceId is { } on && await db.AccountsOfAsync(on, ct) is { } accounts && !accounts.Contains(mark.Account))
            throw new SetupException($"The device has no account {mark.Account}: it has {string.Join(", ", KnownAccounts.Nearest(mark.Account, accounts).Take(MostNamed))}{(accounts.Count > MostNamed ? $" and {accounts.Count - MostNamed} more" : "")}.");
        (mark.Id, mark.MarkedAt) = (Guid.NewGuid(), now);
        db.CompromiseMarks.Add(mark);
        await SaidAsync(mark, mark.MarkedBy, now, ct);
        await all.CommitAsync(ct);
        return mark;
    }

    /// <summary>Takes a mark back: it was wrong, and was answered by nobody.</summary>
    /// <returns>The mark. Null: it does not stand any more.</returns>
    public async Task<StoredMark?> WithdrawAsync(Guid id, Guid? by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await db.CompromiseMarks.SingleOrDefaultAsync(x => x.Id == id && x.WithdrawnAt == null, ct) is not { } mark) return null;
        mark.WithdrawnAt = now;
        await SaidAsync(mark, by, now, ct);
        await all.CommitAsync(ct);
        return mark;
    }

    /// <summary>How many devices in service have an account of that name, as far as they said.</summary>
    public async Task<int> CountAsync(string account, CancellationToken ct)
    {
        var count = 0;
        var said = db.Facts.AsNoTracking().Where(x => x.Kind == (int)Fact.KindOneofCase.Accounts && db.Devices.Any(d => d.Id == x.DeviceId && d.State == DeviceState.Active)).Select(x => x.Bytes);
        await foreach (var bytes in said.AsAsyncEnumerable().WithCancellation(ct))
            if (Fact.Parser.ParseFrom(bytes) is { KindCase: Fact.KindOneofCase.Accounts } fact && fact.Accounts.Accounts_.Any(one => one.Name == account)) count++;
        return count;
    }

    /// <summary>Those that stand, the newest first, with the name of their device.</summary>
    /// <param name="device">Only those that concern this device. Null: all.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<MarkEntry>> ListAsync(DeviceId? device, CancellationToken ct) =>
        await db.CompromiseMarks.AsNoTracking().Where(x => x.WithdrawnAt == null && (device == null || x.DeviceId == null || x.DeviceId == device)).OrderByDescending(x => x.MarkedAt)
            .Select(x => new MarkEntry(x.Id, x.Account, db.Devices.Where(d => d.Id == x.DeviceId).Select(d => d.Name).FirstOrDefault(), x.Since, x.Reason, x.MarkedAt)).ToListAsync(ct);

    private async Task SaidAsync(StoredMark mark, Guid? by, DateTimeOffset now, CancellationToken ct)
    {
        db.LogEntries.Add(DeviceLog.Marked(mark, by, now));
        await db.SaveChangesAsync(ct);
        await db.Devices.Where(x => x.JudgeAt > now && (mark.DeviceId == null || x.Id == mark.DeviceId)).ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeAt, now), ct);
    }
}

/// <summary>A mark as lists show it.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Account">The account.</param>
/// <param name="Device">Name of the device. Null: every one.</param>
/// <param name="Since">The day since which others may know it, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="MarkedAt">When it was said.</param>
public sealed record MarkEntry(Guid Id, string Account, string? Device, DateOnly Since, string Reason, DateTimeOffset MarkedAt);
