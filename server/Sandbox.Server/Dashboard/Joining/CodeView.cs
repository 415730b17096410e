using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>One join code and what has happened with it.</summary>
public sealed record CodeView
{
    /// <summary>The code and names.</summary>
    public required CodeRow Row { get; init; }

    /// <summary>The device that redeemed it. Null: none did.</summary>
    public Device? Device { get; init; }

    /// <summary>The device's first hello since then. Null: it has not called yet.</summary>
    public Sighting? FirstHello { get; init; }

    /// <summary>Kinds of facts that it has reported.</summary>
    public int Facts { get; init; }

    /// <summary>Who was turned away with this code, newest first.</summary>
    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The code itself.</summary>
    public IssuedCode Code => Row.Code;

    /// <summary>Whether a machine can still bring it.</summary>
    public bool IsOpen => Code is { RedeemedAt: null, RevokedAt: null } && Code.ExpiresAt > AsOf;

    /// <summary>Whether a withdrawal can be taken back.</summary>
    public bool CanBeRestored => Code is { RedeemedAt: null, RevokedAt: not null } && Code.ExpiresAt > AsOf;
}
