using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;
using Sandbox.Storage.Traffic;
using Sandbox.Tests.Evidence.Policies;

namespace Sandbox.Tests.Dashboard;

/// <summary>Puts people, devices and facts into the store; findings are judged by the real policy.</summary>
internal sealed class LabSeed(SandboxDb db, DateTimeOffset now)
{
    public const string Password = "correct horse battery staple 7";

    // Slow on purpose, so made once.
    private static readonly string PasswordHash = new PasswordHasher<Person>().HashPassword(new Person(), Password);

    public DateTimeOffset Now => now;

    public async Task<Person> PersonAsync(string name, string shown, string role)
    {
        var person = await db.Users.FirstOrDefaultAsync(p => p.UserName == name);
        if (person is null)
        {
            person = new Person { Id = Guid.NewGuid(), UserName = name, NormalizedUserName = name.ToUpperInvariant(), LockoutEnabled = true, AddedAt = now };
            var roleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync();
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = roleId });
            db.Users.Add(person);
        }

        person.DisplayName = shown;
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        person.PasswordHash = PasswordHash;
        await db.SaveChangesAsync();
        return person;
    }

    public async Task<Device> DeviceAsync(string name, Person owner, Action<Device>? change = null)
    {
        var key = RandomNumberGenerator.GetBytes(91);
        var device = new Device
        {
            Id = DeviceId.New(), Name = name, OwnerId = owner.Id, EnrolledAt = now.AddDays(-9), StateChangedAt = now.AddDays(-9), PublicKey = key,
            PublicKeyHash = SHA256.HashData(key), CurrentSerial = [1], CertificateExpiresAt = now.AddDays(11), LastSeenAt = now.AddSeconds(-7),
            AgentVersion = "0.1.0", ClockOffsetMs = 40,
        };
        change?.Invoke(device);
        db.Devices.Add(device);
        await db.SaveChangesAsync();
        return device;
    }

    /// <summary>Stores facts in the place of those before and judges the device anew.</summary>
    public async Task FactsAsync(Device device, params IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            var kind = (int)fact.KindCase;
            db.ChangeTracker.Clear();
            await db.Facts.Where(f => f.DeviceId == device.Id && f.Kind == kind).ExecuteDeleteAsync();
            db.Facts.Add(new StoredFact { DeviceId = device.Id, Kind = kind, ReportId = 1, ChangedAt = now.AddHours(-5), VerifiedAt = now.AddSeconds(-9), Bytes = fact.ToByteArray() });
            await db.SaveChangesAsync();
        }

        await JudgeAsync(device);
    }

    public async Task RefusedAsync(Reason reason, string detail, Device? device = null)
    {
        db.Refusals.Add(new Refusal { At = now.AddMinutes(-12), Reason = reason, Peer = "192.0.2.17", Detail = detail, DeviceId = device?.Id });
        await db.SaveChangesAsync();
    }

    public async Task GapAsync(Device device, Gap.Types.Cause cause, long first, long last)
    {
        db.Gaps.Add(new ReportGap { DeviceId = device.Id, Epoch = new byte[16], Cause = cause, FirstSequence = first, LastSequence = last, NoticedAt = now.AddHours(-3) });
        await db.SaveChangesAsync();
    }

    /// <summary>Traffic of the last so many hours, a day's ups and downs, with a hole of ten minutes half an hour ago.</summary>
    public async Task TrafficAsync(Device device, int hours, double received, double sent)
    {
        for (var at = now.AddHours(-hours); at < now.AddMinutes(-1); at = at.AddMinutes(1))
        {
            if (hours == 1 && now - at is { TotalMinutes: > 30 and < 40 }) continue;
            var swing = 1 + (0.6 * Math.Sin(at.ToUnixTimeSeconds() / 900.0));
            foreach (var name in (string[])[StoredTraffic.Total, "eth0"])
                db.Traffic.Add(new StoredTraffic
                {
                    DeviceId = device.Id, Span = TrafficSpan.Minute, Slot = StoredTraffic.SlotOf(TrafficSpan.Minute, at), Interface = name, MeasuredMs = 60_000,
                    ReceivedBytes = (long)(received * swing * 7.5), SentBytes = (long)(sent * swing * 7.5), ReceivedPeak = (long)(received * 3), SentPeak = (long)(sent * 3), Errors = 1, Drops = 2,
                });
        }
        await db.SaveChangesAsync();
    }

    private async Task JudgeAsync(Device device)
    {
        var facts = new DeviceFacts();
        foreach (var stored in await db.Facts.Where(f => f.DeviceId == device.Id).ToListAsync())
            facts.Put(new ReportedFact(Fact.Parser.ParseFrom(stored.Bytes), 1, stored.ChangedAt, stored.VerifiedAt));
        var before = await db.Findings.Where(f => f.DeviceId == device.Id).ToListAsync();
        db.Findings.RemoveRange(before);
        await db.SaveChangesAsync();
        foreach (var finding in PasswordsOnly.Policy.Judge(facts, now).Findings)
        {
            var old = before.FirstOrDefault(f => f.Rule == finding.Rule && f.Subject == finding.Subject);
            if (old?.Verdict != finding.Verdict) db.Transitions.Add(Change(device, old?.Verdict, finding));
            db.Findings.Add(new StoredFinding
            {
                DeviceId = device.Id, Rule = finding.Rule, Subject = finding.Subject, Verdict = finding.Verdict, Severity = finding.Severity, Expected = finding.Expected,
                Observed = finding.Observed, Reason = finding.Reason, Since = now.AddHours(-26), LastVerified = finding.LastVerified, Policy = PasswordsOnly.Policy.Name,
            });
        }

        await db.SaveChangesAsync();
    }

    private FindingTransition Change(Device device, Verdict? before, Finding finding) => new()
    {
        DeviceId = device.Id, Rule = finding.Rule, Subject = finding.Subject, From = before, To = finding.Verdict, At = now.AddHours(-26), Expected = finding.Expected,
        Observed = finding.Observed, Reason = finding.Reason, Policy = PasswordsOnly.Policy.Name,
    };
}
