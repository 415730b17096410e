using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Assessment;

/// <summary>
/// Says once a day in the evidence log how each active device stands and since when: what never changes would else leave no trace there. A day on
/// which no server ran has no entry; the next one tells since when what stands has stood.
/// </summary>
internal sealed class DailyBook(IDbContextFactory<SandboxDb> store, Policy policy, TimeProvider time)
{
    /// <summary>Says it of all devices that were enrolled before this day ended and have no entry of it yet.</summary>
    /// <param name="day">A day that has ended, UTC.</param>
    /// <param name="ct">Ends the work; what was said stays.</param>
    /// <returns>Of how many it was said now.</returns>
    public async Task<int> SayAsync(DateOnly day, CancellationToken ct)
    {
        var end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        await using var db = await store.CreateDbContextAsync(ct);
        var devices = await db.Devices.Where(x => x.State == DeviceState.Active && x.EnrolledAt < end).OrderBy(x => x.Id).Select(x => x.Id).ToListAsync(ct);
        var said = 0;
        foreach (var device in devices)
            if (await SayAsync(device, day, ct)) said++;
        return said;
    }

    private async Task<bool> SayAsync(DeviceId id, DateOnly day, CancellationToken ct)
    {
        var subject = Subject(id, day);
        await using var db = await store.CreateDbContextAsync(ct);
        await using var all = await db.Database.BeginTransactionAsync(ct);
        // Takes the device's row, so that of two servers one says it.
        await db.Devices.Where(x => x.Id == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Session, x => x.Session), ct);
        if (await db.LogEntries.AnyAsync(x => x.SubjectId == subject && x.Kind == EntryKind.Daily, ct)) return false;
        var device = await db.Devices.AsNoTracking().SingleAsync(x => x.Id == id, ct);
        var findings = await db.Findings.AsNoTracking().Where(x => x.DeviceId == id).OrderBy(x => x.Rule).ThenBy(x => x.Subject).ToListAsync(ct);
        var body = new StoodSince
        {
            DeviceId = ByteString.CopyFrom(id.ToBytes()), Day = $"{day:yyyy-MM-dd}", Policy = policy.Name, LastSeenAt = At(device.LastSeenAt),
            Standings = { findings.Select(Standing) },
        };
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Daily, time.GetUtcNow(), new LogBody { StoodSince = body }, id, subject: subject));
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        return true;
    }

    // The same for the same device and day, whoever makes it.
    private static Guid Subject(DeviceId device, DateOnly day) =>
        new(SHA256.HashData([.. "sandbox-daily/v1"u8, .. device.ToBytes(), .. BitConverter.GetBytes(day.DayNumber)]).AsSpan(0, 16), bigEndian: true);

    private static StandingVerdict Standing(StoredFinding finding)
    {
        var standing = new StandingVerdict
        {
            Rule = finding.Rule, Subject = finding.Subject, Verdict = finding.Verdict.ToString().ToLowerInvariant(),
            Since = Timestamp.FromDateTimeOffset(finding.Since), LastVerifiedAt = At(finding.LastVerified),
        };
        if (finding.LongestGapMs is { } gap) standing.LongestGapSeconds = (ulong)(gap / 1000);
        return standing;
    }

    private static Timestamp? At(DateTimeOffset? instant) => instant is { } at ? Timestamp.FromDateTimeOffset(at) : null;
}
