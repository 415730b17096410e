using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Storage.Log;

/// <summary>
/// An entry of the evidence log: the leaf that is served openly, and the salted bytes beside it. It is written in the transaction of what it
/// records, without a place; the sequencer gives it one.
/// </summary>
public sealed class LoggedEntry
{
    /// <summary>Row number, rising; the order in which entries get their places.</summary>
    public long Id { get; set; }

    /// <summary>What sort of thing it records.</summary>
    public EntryKind Kind { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The device that it concerns. Null: none.</summary>
    public DeviceId? DeviceId { get; set; }

    /// <summary>The person whom it concerns. Null: nobody.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>What it speaks of, such as a piece of evidence. Null: nothing with an id.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>The leaf's exact bytes, <see cref="LogEntry.ToBytes"/>.</summary>
    public required byte[] Leaf { get; set; }

    /// <summary>The salt of the commitment. Null: it was erased, and with it what the body says.</summary>
    public byte[]? Salt { get; set; }

    /// <summary>The exact bytes of a <see cref="LogBody"/> to which the leaf commits. Null: they were erased.</summary>
    public byte[]? Body { get; set; }

    /// <summary>Index of the leaf in the tree, from 0. Null: it has none yet.</summary>
    public long? LeafIndex { get; set; }

    /// <summary>Makes an entry with a new salt.</summary>
    public static LoggedEntry New(EntryKind kind, DateTimeOffset at, LogBody body, DeviceId? device = null, Guid? person = null, Guid? subject = null)
    {
        var (salt, bytes) = (RandomNumberGenerator.GetBytes(LogEntry.SaltLength), body.ToByteArray());
        var leaf = new LogEntry(kind, at, device?.ToBytes(), person?.ToByteArray(bigEndian: true), subject?.ToByteArray(bigEndian: true), LogEntry.Commit(salt, bytes));
        return new LoggedEntry
        {
            Kind = kind,
            At = at,
            DeviceId = device,
            PersonId = person,
            SubjectId = subject,
            Leaf = leaf.ToBytes(),
            Salt = salt,
            Body = bytes,
        };
    }
}
