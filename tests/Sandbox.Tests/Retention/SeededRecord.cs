using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Tests.Retention;

/// <summary>Something of everything that a record is made of, in the store and in the log.</summary>
internal static class SeededRecord
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The id of whoever signs in by that name.</summary>
    public static Task<Guid> IdAsync(this SandboxDb db, string name) => db.Users.Where(x => x.UserName == name).Select(x => x.Id).SingleAsync(Ct);

    /// <summary>Adds it for somebody whose retired device it was on.</summary>
    public static async Task<Device> SeedRecordAsync(this SandboxDb db, Guid person, Guid? signedBy = null, DeviceState state = DeviceState.Retired)
    {
        var device = await db.SeedDeviceAsync(person, state);
        var (decision, assignment) = (Guid.NewGuid(), Guid.NewGuid());
        var evidence = Evidence(person, device.Id);
        db.Evidence.Add(evidence);
        db.SignOffs.Add(new SignOff { Id = decision, PersonId = person, Line = "1.3", Column = LineColumn.Ojt, Number = 1, Kind = DecisionKind.SignedOff, At = At, ById = signedBy ?? Guid.NewGuid(), Words = "Well done" });
        db.SeenThings.Add(new SeenThing { SignOffId = decision, ThingId = evidence.Id });
        db.LearningRecords.Add(new LearningRecord { Id = Guid.NewGuid(), PersonId = person, Line = "7.4", Column = LineColumn.Ojt, Day = new DateOnly(2026, 2, 2), Source = "a book", EnteredAt = At, EnteredBy = person });
        db.Assignments.Add(new Assignment { Id = assignment, PersonId = person, Template = "accounts", Line = "1.3", Title = "Add an account", Rules = "", From = At, Until = At.AddDays(1), GivenBy = Guid.NewGuid(), GivenAt = At });
        db.SeededFaults.Add(new SeededFault { Id = Guid.NewGuid(), AssignmentId = assignment, PersonId = person, DeviceId = device.Id, Fault = (FaultName)1, DueAt = At, Until = At.AddDays(1), State = SeededState.Lapsed, SettledAt = At.AddDays(1) });
        db.Guesses.Add(new Guess { Id = Guid.NewGuid(), AssignmentId = assignment, At = At, Words = "the resolver" });
        db.HeldAccounts.Add(new HeldAccount { Id = Guid.NewGuid(), PersonId = person, Kind = HolderKind.Account, Value = "account-of-" + person.ToString()[..8], From = At, AddedAt = At });
        db.Codes.Add(new IssuedCode { Id = Guid.NewGuid(), TokenHash = RandomNumberGenerator.GetBytes(32), PersonId = person, CreatedAt = At, ExpiresAt = At });
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Enrolment, At, new LogBody { DeviceEnrolled = new() { DeviceId = ByteString.CopyFrom(device.Id.ToBytes()), PersonId = LogId.Of(person), DeviceName = device.Name } }, device.Id, person));
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Evidence, At, new LogBody { Evidence = new() { EvidenceId = LogId.Of(evidence.Id), Line = "1.3", Target = "a secret name" } }, device.Id, person, evidence.Id));
        db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, At, new LogBody { LineDecided = new() { Id = LogId.Of(decision), Line = "1.3", Words = "Well done" } }, person: person, subject: decision));
        await db.SaveChangesAsync(Ct);
        return device;
    }

    public static async Task<Device> SeedDeviceAsync(this SandboxDb db, Guid owner, DeviceState state)
    {
        var key = RandomNumberGenerator.GetBytes(91);
        var device = new Device
        {
            Id = DeviceId.New(), Name = "lab-" + Convert.ToHexStringLower(key)[..6], OwnerId = owner, EnrolledAt = At, State = state, StateChangedAt = At, PublicKey = key,
            PublicKeyHash = SHA256.HashData(key), CurrentSerial = [1], CertificateExpiresAt = At,
        };
        db.Devices.Add(device);
        await db.SaveChangesAsync(Ct);
        return device;
    }

    public static StoredEvidence Evidence(Guid person, DeviceId device) => new()
    {
        Id = Guid.NewGuid(), DeviceId = device, PersonId = person, NamedPersonId = person, Line = "1.3", Act = "account.added", Target = "bob", State = EvidenceState.Held, Grade = Grade.E2, GradeReason = "seen",
        After = "bob", ReportId = 1, ChangedAt = At, NotedAt = At, StateSince = At,
    };

    /// <summary>How many rows of any sort name somebody.</summary>
    public static async Task<int> RowsOfAsync(this SandboxDb db, Guid person) =>
        await db.Evidence.CountAsync(x => x.PersonId == person, Ct) + await db.SignOffs.CountAsync(x => x.PersonId == person, Ct) + await db.LearningRecords.CountAsync(x => x.PersonId == person, Ct)
        + await db.Assignments.CountAsync(x => x.PersonId == person, Ct) + await db.SeededFaults.CountAsync(x => x.PersonId == person, Ct) + await db.HeldAccounts.CountAsync(x => x.PersonId == person, Ct)
        + await db.Codes.CountAsync(x => x.PersonId == person, Ct) + await db.Invitations.CountAsync(x => x.PersonId == person, Ct) + await db.KeptRecords.CountAsync(x => x.PersonId == person, Ct)
        + await db.Users.CountAsync(x => x.Id == person, Ct) + await db.UserRoles.CountAsync(x => x.UserId == person, Ct);
}
