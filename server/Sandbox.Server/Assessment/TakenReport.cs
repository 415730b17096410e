using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>A report that is being judged; it is stored with what comes of it.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Content">What it says.</param>
internal sealed record TakenReport(StoredReport Row, byte[] Hash, Report Content)
{
    /// <summary>How an entry of the log names it.</summary>
    public ReportCitation Citation => Cite(Row, Hash);

    /// <summary>How an entry of the log names a stored report.</summary>
    public static ReportCitation Cite(StoredReport row, byte[]? hash = null) => new()
    {
        DeviceId = ByteString.CopyFrom(row.DeviceId.ToBytes()),
        Epoch = ByteString.CopyFrom(row.Epoch),
        Sequence = (ulong)row.Sequence,
        Hash = ByteString.CopyFrom(hash ?? ReportHash.Of(row.DeviceId, row.Bytes)),
    };
}
