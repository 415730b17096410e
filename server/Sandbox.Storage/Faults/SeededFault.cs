using Sandbox.Protocol;

namespace Sandbox.Storage.Faults;

/// <summary>A fault that is seeded on a device for a task.</summary>
public sealed class SeededFault
{
    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>The task.</summary>
    public Guid AssignmentId { get; set; }

    /// <summary>The task's apprentice.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>Which fault.</summary>
    public FaultName Fault { get; set; }

    /// <summary>When it is to be applied, drawn at random. Nobody is shown it before it is over.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it is undone at the latest.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>How it stands.</summary>
    public SeededState State { get; set; }

    /// <summary>When the task was withdrawn. Null: it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>When it was applied, by the server's clock. Null: not yet.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    /// <summary>When it was refused, undone or seen repaired, or nothing more was to be heard of it, by the server's clock. Null: not yet.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Why it was refused or undone, or lapsed. Null: it was not.</summary>
    public string? Why { get; set; }

    /// <summary><see cref="FaultRecord.Place"/>. Null: nothing was changed.</summary>
    public string? Place { get; set; }

    /// <summary><see cref="FaultRecord.Seeded"/>. Null: nothing was changed.</summary>
    public string? What { get; set; }

    /// <summary>How long a device has to say how one stands, after its window or after it was withdrawn.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>Whether it is over, so that it may be spoken of: settled, or so long past its end that nothing more is to be heard. Right after its end the device may have it still.</summary>
    public bool IsOver(DateTimeOffset now) => SettledAt is not null || now >= Until + Patience || (WithdrawnAt is not null && AppliedAt is null);
}

/// <summary>How a seeded fault stands.</summary>
public enum SeededState
{
    /// <summary>It is not applied yet, as far as the device said.</summary>
    Planned = 0,

    /// <summary>It is applied.</summary>
    Applied = 1,

    /// <summary>The device refused it.</summary>
    Refused = 2,

    /// <summary>The device undid it.</summary>
    Undone = 3,

    /// <summary>Somebody repaired it.</summary>
    Repaired = 4,

    /// <summary>It was withdrawn, or its window passed, and the device never said that it was applied.</summary>
    Lapsed = 5,
}
