using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Faults;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Faults;

/// <summary>What the evidence log says of a seeded fault.</summary>
internal static class FaultEntry
{
    /// <summary>Makes the entry.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="said"><see cref="FaultSaid.Said"/>.</param>
    /// <param name="happened">When that happened, by the server's clock.</param>
    /// <param name="words">What is to be added. Null: nothing.</param>
    /// <param name="now">The server's clock.</param>
    public static LoggedEntry Of(SeededFault fault, string said, DateTimeOffset happened, string? words, DateTimeOffset now)
    {
        var body = new FaultSaid
        {
            FaultId = LogId.Of(fault.Id), AssignmentId = LogId.Of(fault.AssignmentId), PersonId = LogId.Of(fault.PersonId), DeviceId = ByteString.CopyFrom(fault.DeviceId.ToBytes()), Fault = fault.Fault, Said = said,
            DueAt = Timestamp.FromDateTimeOffset(fault.DueAt), Until = Timestamp.FromDateTimeOffset(fault.Until), HappenedAt = Timestamp.FromDateTimeOffset(happened),
        };
        if (words is not null) body.Words = words;
        return LoggedEntry.New(EntryKind.Fault, now, new LogBody { FaultSaid = body }, fault.DeviceId, fault.PersonId, fault.Id);
    }
}
