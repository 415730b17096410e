using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Agent.Acts;

/// <summary>
/// The name of an act: the same whenever its record is read, and another one when a new file got an old file's inode, because the record's time is in it.
/// </summary>
internal static class ActId
{
    /// <summary>SHA-256 of "sandbox-act/v1", source, source id and time, each behind a zero byte.</summary>
    public static ByteString Of(ActRecord record) => Of(record.Source, record.SourceId, record.OccurredAt.Seconds, record.OccurredAt.Nanos);

    private static ByteString Of(Source source, string sourceId, long seconds, int nanos) => ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"sandbox-act/v1\0{(int)source}\0{sourceId}\0{seconds}.{nanos:D9}"))));
}
