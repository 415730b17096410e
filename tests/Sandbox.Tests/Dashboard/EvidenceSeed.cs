using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Evidence.Attribution;

namespace Sandbox.Tests.Dashboard;

/// <summary>Puts a mended password policy into the store with all it rests on: signed reports, the evidence, the log's statement of it.</summary>
internal sealed class EvidenceSeed(SandboxDb db, DateTimeOffset now)
{
    /// <summary>A device of its own, two reports of which it signed the second, and one piece of evidence.</summary>
    /// <param name="owner">Who is credited.</param>
    /// <param name="name">Name of the device.</param>
    /// <param name="state">What became of the change.</param>
    /// <param name="tamper">Changes the statement before it is logged. Null: it is as ingest writes it.</param>
    public async Task<StoredEvidence> MendedAsync(Person owner, string name, EvidenceState state = EvidenceState.Held, Action<EvidenceStatement>? tamper = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = key.ExportSubjectPublicKeyInfo();
        var device = await new LabSeed(db, now).DeviceAsync(name, owner, d => (d.PublicKey, d.PublicKeyHash) = (spki, SHA256.HashData(spki)));
        var epoch = RandomNumberGenerator.GetBytes(16);
        var before = await ReportAsync(device, epoch, 1, null, SampleFacts.Policy(minLength: 8), null);
        var after = await ReportAsync(device, epoch, 2, before, SampleFacts.Policy(minLength: 14), key);
        var item = Item(device, state, before.Id, after.Id);
        var said = Said(item, before, after, spki);
        tamper?.Invoke(said);
        db.Evidence.Add(item);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Evidence, item.StateSince, new LogBody { Evidence = said }, device.Id, owner.Id, item.Id));
        await db.SaveChangesAsync();
        return item;
    }

    /// <summary>An act that made the change, with another in the same report.</summary>
    /// <param name="item">The evidence.</param>
    /// <param name="by">Who did it. Null: nobody is known to have, and it counts for nobody.</param>
    /// <param name="account">The account under which it was done.</param>
    public async Task DoneAsync(StoredEvidence item, Person? by, string account)
    {
        var act = Doing.Act(item.ChangedAt, account, AdminAct.Types.Action.Run).With(one => one.Program = "/usr/bin/nano").With(one => one.Arguments.Add("/etc/security/pwquality.conf"));
        var device = await db.Devices.SingleAsync(d => d.Id == item.DeviceId);
        var told = await ReportAsync(device, RandomNumberGenerator.GetBytes(16), 1, null, new Fact { Acts = new Protocol.Acts { Acts_ = { act, Doing.Act(item.ChangedAt, "private-of-another", AdminAct.Types.Action.LogIn) } } }, null);
        db.Acts.Add(new StoredAct
        {
            DeviceId = item.DeviceId, Id = act.Id.ToByteArray(), OccurredAt = item.ChangedAt, ReportId = told.Id, Method = act.Method, Action = act.Action, Actor = account, RecordCount = 1, Bytes = act.ToByteArray(),
        });
        (item.ActId, item.ActReportId, item.NamedPersonId, item.PersonId) = (Convert.ToHexStringLower(act.Id.Span), told.Id, by?.Id, by?.Id ?? item.PersonId);
        if (by is null) (item.State, item.Reason, item.GradeReason) = (EvidenceState.Discounted, $"it was not done by a known person: nobody is known to work under the account {account} on this machine", "nobody is named");
        else (item.Grade, item.GradeReason) = (Grade.E2, $"{by.DisplayName} did it (the account {account}, A1); self-reported: who did it has root's rights on the only machine that tells of it, so more takes a second machine that saw it or a seeded task");
        await db.SaveChangesAsync();
    }

    private async Task<StoredReport> ReportAsync(Device device, byte[] epoch, long sequence, StoredReport? previous, Fact fact, ECDsa? key)
    {
        var said = new Report { Epoch = ByteString.CopyFrom(epoch), Sequence = (ulong)sequence, CollectedAt = now.AddHours(-30).ToTimestamp(), Salt = ByteString.CopyFrom(new byte[16]), Facts = { fact } };
        if (previous is not null) said.PreviousHash = ByteString.CopyFrom(ReportHash.Of(device.Id, previous.Bytes));
        var bytes = said.ToByteArray();
        var report = new StoredReport
        {
            Id = (await db.Reports.MaxAsync(r => (long?)r.Id) ?? 0) + 1, DeviceId = device.Id, Epoch = epoch, Sequence = sequence, CollectedAt = now.AddHours(-30),
            ReceivedAt = now.AddHours(-30).AddSeconds(1), Bytes = bytes, Signature = key is null ? null : ReportHash.Sign(key, ReportHash.Of(device.Id, bytes)),
        };
        db.Reports.Add(report);
        await db.SaveChangesAsync();
        return report;
    }

    private StoredEvidence Item(Device device, EvidenceState state, long before, long after) => new()
    {
        Id = Guid.NewGuid(), DeviceId = device.Id, PersonId = device.OwnerId, Line = "1.3", Act = "policy.mended", Target = "password.min_length", State = state, Grade = Grade.E1,
        GradeReason = "nobody was seen doing it: no act that the device reported explains the change", Before = "8 characters; expected: at least 12 characters",
        After = "14 characters", Reason = state == EvidenceState.Held ? "it was still so when the device read it a day later" : null, BeforeReportId = before, ReportId = after,
        ChangedAt = now.AddHours(-30), NotedAt = now.AddHours(-30).AddSeconds(1), StateSince = state == EvidenceState.Watched ? now.AddHours(-30).AddSeconds(1) : now.AddHours(-6).AddSeconds(1), LoggedRevision = 0,
    };

    private static EvidenceStatement Said(StoredEvidence item, StoredReport before, StoredReport after, byte[] key) => new()
    {
        EvidenceId = ByteString.CopyFrom(item.Id.ToByteArray(bigEndian: true)), Line = item.Line, Act = item.Act, Target = item.Target, State = item.State.ToString().ToLowerInvariant(),
        Grade = item.Grade.ToString(), GradeReason = item.GradeReason, PersonId = ByteString.CopyFrom(item.PersonId.ToByteArray(bigEndian: true)),
        DeviceId = ByteString.CopyFrom(item.DeviceId.ToBytes()), Before = item.Before, After = item.After, BeforeReport = Cite(before), Report = Cite(after),
        Chain = new SignedChain { PublicKey = ByteString.CopyFrom(key), Reports = { ByteString.CopyFrom(after.Bytes) }, Signature = ByteString.CopyFrom(after.Signature!) },
    };

    private static ReportCitation Cite(StoredReport report) => new()
    {
        DeviceId = ByteString.CopyFrom(report.DeviceId.ToBytes()), Epoch = ByteString.CopyFrom(report.Epoch), Sequence = (ulong)report.Sequence,
        Hash = ByteString.CopyFrom(ReportHash.Of(report.DeviceId, report.Bytes)),
    };
}
