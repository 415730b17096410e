using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Storage.Findings;

/// <summary>The present verdict of one rule on one subject of one device.</summary>
public sealed class StoredFinding
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <inheritdoc cref="Finding.Rule"/>
    public required string Rule { get; set; }

    /// <inheritdoc cref="Finding.Subject"/>
    public required string Subject { get; set; }

    /// <inheritdoc cref="Finding.Verdict"/>
    public Verdict Verdict { get; set; }

    /// <inheritdoc cref="Finding.Severity"/>
    public Severity Severity { get; set; }

    /// <inheritdoc cref="Finding.Expected"/>
    public required string Expected { get; set; }

    /// <inheritdoc cref="Finding.Observed"/>
    public string? Observed { get; set; }

    /// <inheritdoc cref="Finding.Reason"/>
    public string? Reason { get; set; }

    /// <summary>When this verdict began, by the server's clock.</summary>
    public DateTimeOffset Since { get; set; }

    /// <inheritdoc cref="Finding.LastVerified"/>
    public DateTimeOffset? LastVerified { get; set; }

    /// <summary>
    /// The longest time within this verdict between two reports that verified it, in milliseconds: what could have hidden that it was another one meanwhile.
    /// Null: not known, it began before this was measured.
    /// </summary>
    public long? LongestGapMs { get; set; }

    /// <inheritdoc cref="Finding.ReportId"/>
    public long? ReportId { get; set; }

    /// <summary>The policy that was applied, with its version: <c>lab-default/1</c>.</summary>
    public required string Policy { get; set; }
}
