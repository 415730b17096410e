using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Faults;

namespace Sandbox.Tests.SeededFaults;

/// <summary>Rows of seeded faults for tests, and what devices say of them.</summary>
internal static class SeededRows
{
    /// <summary>A task with a fault that is due after some time and ends a day later.</summary>
    public static async Task<SeededFault> PlanAsync(SandboxDb db, DeviceId device, Guid person, DateTimeOffset now, TimeSpan? dueIn = null)
    {
        var task = new Assignment { Id = Guid.NewGuid(), PersonId = person, Template = "role-access", Line = "4.5", Title = "Give a colleague the access of their role", DeviceId = device, Rules = "", From = now, Until = now.AddDays(1), GivenAt = now };
        var fault = new SeededFault
        {
            Id = Guid.NewGuid(), AssignmentId = task.Id, PersonId = person, DeviceId = device, Fault = FaultName.RightsExcess, DueAt = now + (dueIn ?? TimeSpan.Zero), Until = now.AddDays(1),
        };
        db.AddRange(task, fault);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return fault;
    }

    public static ByteString Id(SeededFault fault) => ByteString.CopyFrom(fault.Id.ToByteArray(bigEndian: true));

    public static FaultEvent Says(SeededFault fault, FaultState state, DateTimeOffset at, FaultUndoCause cause = default, string place = "sudo", string seeded = "games") =>
        new() { Id = Id(fault), State = state, At = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(at), Place = place, Seeded = seeded, Cause = cause };
}
