using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>What goes into one transaction.</summary>
/// <param name="Writes">What streams have brought. A device with two streams stands here twice; the fence lets one of them in.</param>
/// <param name="Openings">Streams that begin; they are opened after the writes.</param>
/// <param name="Now">The server's clock.</param>
public sealed record IngestBatch(IReadOnlyList<StreamWrites> Writes, IReadOnlyList<SessionOpening> Openings, DateTimeOffset Now);

/// <summary>What a transaction came to.</summary>
/// <param name="Writes">For each of <see cref="IngestBatch.Writes"/>, why nothing of it was written; <see cref="Reason.Unspecified"/>: all of it was.</param>
/// <param name="Openings">For each of <see cref="IngestBatch.Openings"/>, what was opened.</param>
public sealed record BatchStored(IReadOnlyList<Reason> Writes, IReadOnlyList<SessionOpened> Openings);

/// <summary>A hello that is to raise the device's session.</summary>
/// <param name="Device">The device.</param>
/// <param name="Serial">Serial of the certificate that the stream uses, big-endian.</param>
/// <param name="Epoch">The spool's random id, 16 bytes.</param>
/// <param name="AgentVersion">As the agent says.</param>
/// <param name="ClockOffsetMs">The device's clock minus the server's, in milliseconds. Null: the hello gave no clock.</param>
public sealed record SessionOpening(DeviceId Device, byte[] Serial, byte[] Epoch, string AgentVersion, long? ClockOffsetMs)
{
    /// <inheritdoc cref="Devices.Sighting.Peer"/>
    public string Peer { get; init; } = "";

    /// <inheritdoc cref="Devices.Sighting.HostName"/>
    public string? HostName { get; init; }

    /// <inheritdoc cref="Devices.Sighting.BootId"/>
    public byte[]? BootId { get; init; }

    /// <inheritdoc cref="Devices.Sighting.LastSequence"/>
    public long LastSequence { get; init; }
}

/// <summary>What a hello came to.</summary>
/// <param name="Refused">Why it was refused; <see cref="Reason.Unspecified"/>: it was not, and the rest holds.</param>
/// <param name="Session">The session of the stream, higher than any before.</param>
/// <param name="LastSequence">Highest stored sequence of the epoch; 0: none.</param>
/// <param name="EpochIsNew">No hello with this epoch came before.</param>
/// <param name="HasFacts">Facts of the device are stored.</param>
public sealed record SessionOpened(Reason Refused, long Session = 0, long LastSequence = 0, bool EpochIsNew = false, bool HasFacts = false)
{
    /// <summary>Hash of the report with <see cref="LastSequence"/>. Null: none is stored.</summary>
    public byte[]? LastHash { get; init; }
}
