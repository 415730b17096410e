using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>A stretch of reports that the server will never have.</summary>
public sealed class ReportGap
{
    /// <summary>Row number, rising.</summary>
    public long Id { get; set; }

    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>The spool's random id, 16 bytes.</summary>
    public required byte[] Epoch { get; set; }

    /// <summary>First and last missing sequence. Null: what was lost never got a sequence.</summary>
    public long? FirstSequence { get; set; }

    /// <inheritdoc cref="FirstSequence"/>
    public long? LastSequence { get; set; }

    /// <summary>What the agent says of it; <see cref="Gap.Types.Cause.Unspecified"/> when it says nothing.</summary>
    public Gap.Types.Cause Cause { get; set; }

    /// <summary>When the server noticed it.</summary>
    public DateTimeOffset NoticedAt { get; set; }

    /// <summary>When the loss began, by the device's clock. Null: not known.</summary>
    public DateTimeOffset? LostFrom { get; set; }

    /// <summary>When the loss ended, by the device's clock. Null: not known.</summary>
    public DateTimeOffset? LostTo { get; set; }
}
