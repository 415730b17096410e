using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>A report of which all is known that can be known without the ones before it.</summary>
/// <param name="Bytes">The exact bytes that were received.</param>
/// <param name="Signature">The device's signature, verified. Null: a later report signs for this one.</param>
/// <param name="Hash">Hash of <paramref name="Bytes"/>.</param>
/// <param name="Content">What they say.</param>
/// <param name="CollectedAt">The device's clock when the facts were read.</param>
internal sealed record CheckedReport(byte[] Bytes, byte[]? Signature, byte[] Hash, Report Content, DateTimeOffset CollectedAt)
{
    /// <summary>From 1.</summary>
    public long Sequence => (long)Content.Sequence;
}

/// <summary>What the check of a report came to: one of the two is there.</summary>
/// <param name="Report">The report. Null: it was refused.</param>
/// <param name="Refused">Why it will never be stored. Null: it passed.</param>
internal readonly record struct Checked(CheckedReport? Report, ReportRefused? Refused);
