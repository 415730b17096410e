using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>Something that was turned away, for the pages of mentors.</summary>
public sealed class Refusal
{
    /// <summary>Row number, rising.</summary>
    public long Id { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Why.</summary>
    public Reason Reason { get; set; }

    /// <summary>Where it came from: the peer's address.</summary>
    public required string Peer { get; set; }

    /// <summary>The device, when it is known. Null: it is not.</summary>
    public DeviceId? DeviceId { get; set; }

    /// <summary>The precise circumstances, for people.</summary>
    public required string Detail { get; set; }
}
