using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Storage.Findings;

/// <summary>A verdict that became another: the primary record of compliance over time.</summary>
public sealed class FindingTransition
{
    /// <summary>Row number, rising.</summary>
    public long Id { get; set; }

    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <inheritdoc cref="Finding.Rule"/>
    public required string Rule { get; set; }

    /// <inheritdoc cref="Finding.Subject"/>
    public required string Subject { get; set; }

    /// <summary>The verdict before. Null: the first one.</summary>
    public Verdict? From { get; set; }

    /// <summary>The verdict since then. Null: the subject is gone (an account was removed).</summary>
    public Verdict? To { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <inheritdoc cref="Finding.Expected"/>
    public required string Expected { get; set; }

    /// <inheritdoc cref="Finding.Observed"/>
    public string? Observed { get; set; }

    /// <inheritdoc cref="Finding.Reason"/>
    public string? Reason { get; set; }

    /// <summary>The report that brought it about. Null: time did, or a policy.</summary>
    public long? ReportId { get; set; }

    /// <summary>The policy that was applied, with its version.</summary>
    public required string Policy { get; set; }
}
