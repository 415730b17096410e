using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>The form of a report: what telemetry.proto demands of each field.</summary>
internal static class ReportForm
{
    private const int EpochLength = 16;
    private const int SaltLength = 16;
    private const uint HighestFieldNumber = (1 << 29) - 1;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads a report. Null: something is wrong with it, and <paramref name="fault"/> says what.</summary>
    public static Report? Read(ByteString bytes, out string fault)
    {
        try
        {
            var report = Report.Parser.ParseFrom(bytes);
            fault = FaultOf(report) ?? "";
            return fault.Length == 0 ? report : null;
        }
        catch (InvalidProtocolBufferException unreadable)
        {
            fault = $"its bytes cannot be read ({unreadable.Message})";
            return null;
        }
    }

    /// <summary>Whether an epoch has its length.</summary>
    public static bool IsEpoch(ByteString epoch) => epoch.Length == EpochLength;

    /// <summary>Whether an instant can be kept: from 1970 to 9999.</summary>
    public static bool IsInstant(Timestamp? instant) =>
        instant is { Seconds: >= 0 and <= LastSecond, Nanos: >= 0 and < 1_000_000_000 };

    private static string? FaultOf(Report report) => report switch
    {
        { Epoch: var epoch } when !IsEpoch(epoch) => $"the epoch has {epoch.Length} bytes instead of {EpochLength}",
        { Sequence: 0 or > long.MaxValue } => $"the sequence is {report.Sequence}; it begins with 1",
        { CollectedAt: var at } when !IsInstant(at) => "collected_at is missing or out of range",
        { Salt: var salt } when salt.Length != SaltLength => $"the salt has {salt.Length} bytes instead of {SaltLength}",
        { HasPreviousHash: true, PreviousHash: var hash } when hash.Length != ReportHash.Length => $"previous_hash has {hash.Length} bytes instead of {ReportHash.Length}",
        _ => FaultOfUnchanged(report) ?? FaultOfGaps(report),
    };

    private static string? FaultOfUnchanged(Report report)
    {
        foreach (var kind in report.Unchanged)
            if (kind is 0 or > HighestFieldNumber) return $"unchanged names {kind}, which is no field number";
        return null;
    }

    private static string? FaultOfGaps(Report report)
    {
        foreach (var gap in report.Gaps)
        {
            if (gap.HasFirstSequence != gap.HasLastSequence) return "a gap has only one of its two ends";
            if (gap.HasFirstSequence && (gap.FirstSequence == 0 || gap.LastSequence < gap.FirstSequence || gap.LastSequence > long.MaxValue))
                return $"a gap runs from {gap.FirstSequence} to {gap.LastSequence}";
            if ((gap.From is { } from && !IsInstant(from)) || (gap.To is { } to && !IsInstant(to))) return "a gap lies out of the range of instants";
        }
        return null;
    }
}
