using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>Somebody marked an account as known to others: <see cref="CompromiseMark"/> as it is kept. One that was withdrawn stays.</summary>
public sealed class StoredMark
{
    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>The device. Null: every one that has such an account.</summary>
    public DeviceId? DeviceId { get; set; }

    /// <inheritdoc cref="CompromiseMark.Account"/>
    public required string Account { get; set; }

    /// <inheritdoc cref="CompromiseMark.Since"/>
    public DateOnly Since { get; set; }

    /// <inheritdoc cref="CompromiseMark.Reason"/>
    public required string Reason { get; set; }

    /// <summary>When it was said, by the server's clock.</summary>
    public DateTimeOffset MarkedAt { get; set; }

    /// <summary>Who said it. Null: the command line.</summary>
    public Guid? MarkedBy { get; set; }

    /// <summary>When it was taken back. Null: it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
