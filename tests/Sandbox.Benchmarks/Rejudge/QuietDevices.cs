using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Benchmarks.Assess;
using Sandbox.EndToEnd.Harness;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Benchmarks.Rejudge;

/// <summary>Devices that once said everything and are not connected: what a lab has in its store.</summary>
internal static class QuietDevices
{
    private const int InOneTransaction = 500;

    /// <summary>Puts so many into the store of a server that is stopped, judged by its first policy, and says how many bytes of facts each has.</summary>
    public static async Task<double> FillAsync(Lab lab, int devices, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        // What no agent's own collectors find on the small machine (hardware, packages, interfaces) is made up.
        var facts = SampleFacts.All(now).Concat((await LabMachine.ReadAsync(ct)).After).DistinctBy(fact => fact.KindCase).ToList();
        await using var store = await CommandStore.OpenAsync(new ServerFolders(lab.Data), ct);
        var (db, ingest) = (store.Get<SandboxDb>(), store.Get<IIngestStore>());
        var findings = Judged(facts, now);
        var owner = await db.Devices.Select(device => device.OwnerId).FirstAsync(ct);
        for (var first = 0; first < devices; first += InOneTransaction)
        {
            var rows = Enumerable.Range(first, InOneTransaction).Select(number => Row(number, owner, now)).ToList();
            db.Devices.AddRange(rows);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            ingest.Commit(new IngestBatch([.. rows.Select((row, i) => Said(row.Id, first + i, facts, findings, now))], [], now));
        }
        return facts.Sum(fact => fact.CalculateSize());
    }

    /// <summary>How many are due still.</summary>
    public static async Task<int> DueAsync(Lab lab, CancellationToken ct)
    {
        await using var store = await CommandStore.OpenAsync(new ServerFolders(lab.Data), ct);
        var now = TimeProvider.System.GetUtcNow();
        return await store.Get<SandboxDb>().Devices.CountAsync(device => device.JudgeAt <= now, ct);
    }

    private static Device Row(int number, Guid owner, DateTimeOffset now) => new()
    {
        Id = DeviceId.New(), Name = $"quiet-{number:00000}", OwnerId = owner, EnrolledAt = now.AddDays(-30), StateChangedAt = now.AddDays(-30), LastSeenAt = now, JudgeAt = now.AddDays(1),
        PublicKey = RandomNumberGenerator.GetBytes(91), PublicKeyHash = RandomNumberGenerator.GetBytes(32), CurrentSerial = RandomNumberGenerator.GetBytes(16), CertificateExpiresAt = now.AddDays(14),
    };

    private static IReadOnlyList<Finding> Judged(IEnumerable<Fact> said, DateTimeOffset now)
    {
        var facts = new DeviceFacts();
        foreach (var fact in said) facts.Put(new ReportedFact(fact, 1, now, now));
        return LabDefault.Judge(facts, now).Findings;
    }

    private static StreamWrites Said(DeviceId device, int number, IReadOnlyList<Fact> facts, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        var writes = new StreamWrites { Device = device, Session = 0, Serial = null, Epoch = [] };
        foreach (var fact in facts)
            writes.Facts[(int)fact.KindCase] = new StoredFact { DeviceId = device, Kind = (int)fact.KindCase, ReportId = 1, ChangedAt = now, VerifiedAt = now, Bytes = Own(fact, number).ToByteArray() };
        foreach (var finding in findings)
        {
            writes.Findings[new FindingKey(finding.Rule, finding.Subject)] = new StoredFinding
            {
                DeviceId = device, Rule = finding.Rule, Subject = finding.Subject, Verdict = finding.Verdict, Severity = finding.Severity, Expected = finding.Expected, Observed = finding.Observed,
                Reason = finding.Reason, Since = now, LastVerified = finding.LastVerified, LongestGapMs = 0, ReportId = finding.ReportId, Policy = LabDefault.Name,
            };
        }
        return writes;
    }

    // No two machines have one id, nor one card.
    private static Fact Own(Fact fact, int number)
    {
        if (fact.KindCase is not (Fact.KindOneofCase.OperatingSystem or Fact.KindOneofCase.NetworkInterfaces)) return fact;
        var own = fact.Clone();
        if (own.OperatingSystem is { } system) system.MachineId = $"{number:x32}";
        foreach (var card in own.NetworkInterfaces?.Interfaces.Where(card => card.HasMacAddress) ?? []) card.MacAddress = $"a4:bb:6d:{number >> 16 & 255:x2}:{number >> 8 & 255:x2}:{number & 255:x2}";
        return own;
    }
}
