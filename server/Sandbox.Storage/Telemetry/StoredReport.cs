using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>A report exactly as it was received. No unique key: the high-water mark is what makes a repetition change nothing.</summary>
public sealed class StoredReport
{
    /// <summary>Row number, given by the ingest writer; those of one device rise in the order of commits, whatever servers it talked to.</summary>
    public long Id { get; set; }

    /// <summary>The device that sent it.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>The spool's random id, 16 bytes.</summary>
    public required byte[] Epoch { get; set; }

    /// <summary>Sequence within the epoch.</summary>
    public long Sequence { get; set; }

    /// <summary>The device's clock when the facts were read.</summary>
    public DateTimeOffset CollectedAt { get; set; }

    /// <summary>The server's clock when it arrived.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>The exact bytes that are hashed and signed.</summary>
    public required byte[] Bytes { get; set; }

    /// <summary>The device's signature. Null: a later report signs for this one.</summary>
    public byte[]? Signature { get; set; }
}
