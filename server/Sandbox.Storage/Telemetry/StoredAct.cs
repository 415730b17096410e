using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>Something that was done on a device, as the device reported it; the report itself is the proof.</summary>
public sealed class StoredAct
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>The act's own id, 32 bytes: the same however often it is read.</summary>
    public required byte[] Id { get; set; }

    /// <summary>When it happened, by the device's clock. Unix epoch: the record does not say.</summary>
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>Row of the report that brought it.</summary>
    public long ReportId { get; set; }

    /// <summary>How surely it is known who did it.</summary>
    public AdminAct.Types.Method Method { get; set; }

    /// <summary>What was done.</summary>
    public AdminAct.Types.Action Action { get; set; }

    /// <summary>It was no person.</summary>
    public bool IsAutomation { get; set; }

    /// <summary>Name of the account that did it. Null: not known.</summary>
    public string? Actor { get; set; }

    /// <summary>How many records speak of it; of two reports of one act the one with more stands.</summary>
    public int RecordCount { get; set; }

    /// <summary>The <see cref="AdminAct"/>, serialised.</summary>
    public required byte[] Bytes { get; set; }
}
