using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Storage.People;

/// <summary>Somebody works on machines under this account, with this key or as this SID: <see cref="AccountHolder"/> as it is kept. What ended stays.</summary>
public sealed class HeldAccount
{
    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; set; }

    /// <inheritdoc cref="AccountHolder.Kind"/>
    public HolderKind Kind { get; set; }

    /// <inheritdoc cref="AccountHolder.Value"/>
    public required string Value { get; set; }

    /// <inheritdoc cref="AccountHolder.Device"/>
    public DeviceId? DeviceId { get; set; }

    /// <inheritdoc cref="AccountHolder.From"/>
    public DateTimeOffset From { get; set; }

    /// <inheritdoc cref="AccountHolder.Until"/>
    public DateTimeOffset? Until { get; set; }

    /// <summary>When it was said, by the server's clock.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Who said it. Null: the command line.</summary>
    public Guid? AddedBy { get; set; }
}
