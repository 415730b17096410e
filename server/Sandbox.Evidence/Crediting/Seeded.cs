using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>A fault that was seeded on a device for a task: what it broke may be repaired, though it was fine when the device was first seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fault">Which one.</param>
/// <param name="Place"><see cref="FaultRecord.Place"/>, such as the group into which an account was put.</param>
/// <param name="What"><see cref="FaultRecord.Seeded"/>, such as that account.</param>
/// <param name="AppliedAt">When it was applied, by the server's clock.</param>
/// <param name="End">What became of it, as the helper on the device found it.</param>
public sealed record Seeded(Guid Id, FaultName Fault, string Place, string What, DateTimeOffset AppliedAt, SeededEnd End)
{
    /// <summary>What is read of it and what is told of it come by two ways.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>When that was, by the server's clock. Null: it is applied, or nothing else was heard.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What is said of evidence that repairs one.</summary>
    internal const string Reservation = "it repairs a fault that was seeded for a task, at a time that nobody was told";

    /// <summary>The rule that it breaks. Null: none says so by itself.</summary>
    public string? Rule => Fault switch
    {
        FaultName.PasswordMinLengthShortened => "password.min_length",
        FaultName.AntivirusUpdatesStopped => Machines.SignatureAge.Rule,
        _ => null,
    };

    /// <summary>Whether a repair that a report shows may be one of it: the first one, in its time, for the helper's undoing is nobody's.</summary>
    internal bool MayBeRepairedIn(ReportedFact shown, DeviceCase device) =>
        End != SeededEnd.Undone && Instant.SetRight(shown.ChangedAt, device.ClockOffset) is var at && at >= AppliedAt && !(at > SettledAt + Slack) && !device.Evidence.Any(item => item.Seeded == Id);

    /// <summary>Whether what the device read at that instant of its clock was the fault, as far as is known.</summary>
    internal bool Overlies(string rule, DateTimeOffset read, DeviceCase device) => Rule == rule && WasThere(read, device);

    /// <summary>Whether it was applied at that instant of the device's clock, as far as is known.</summary>
    internal bool WasThere(DateTimeOffset read, DeviceCase device) =>
        Instant.SetRight(read, device.ClockOffset) is var at && at >= AppliedAt - Slack && !(at > SettledAt + Slack);

    /// <summary>Why what repairs it does not stand, or not yet, whatever the report says: the helper may tell of its undoing later than the report shows it. Null: that is for the report.</summary>
    internal static Standing? Look(EvidenceItem item, DeviceCase device) => item.Seeded is not { } id ? null : device.Seeded.FirstOrDefault(one => one.Id == id)?.End switch
    {
        SeededEnd.Undone => new Standing.TakenBack("the fault was undone by what had seeded it: nobody repaired it"),
        SeededEnd.Repaired => null,
        _ => Standing.NotKnown,
    };
}

/// <summary>What became of a seeded fault.</summary>
public enum SeededEnd
{
    /// <summary>It is applied, or nothing else was heard.</summary>
    None,

    /// <summary>The helper undid it.</summary>
    Undone,

    /// <summary>Somebody repaired it.</summary>
    Repaired,
}
