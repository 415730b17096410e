using System.Security.Cryptography;
using Sandbox.Protocol;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Faults;

/// <summary>When a fault of a task is to be applied, and until when it stays.</summary>
internal static class FaultPlan
{
    /// <summary>A day less than the helper allows, so that clocks need not agree.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(13);

    /// <summary>A fault at an instant that nobody can foretell: in the first half of the task's window, so that half of it is left for the repair.</summary>
    public static SeededFault New(Assignment given, DeviceId device, FaultName fault)
    {
        var from = given.From > given.GivenAt ? given.From : given.GivenAt;
        var seconds = Math.Max(1, (int)((given.Until - from) / 2).TotalSeconds);
        var due = from + TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(seconds));
        return new SeededFault
        {
            Id = Guid.NewGuid(), AssignmentId = given.Id, PersonId = given.PersonId, DeviceId = device, Fault = fault, DueAt = due, Until = given.Until < due + Longest ? given.Until : due + Longest,
        };
    }
}
