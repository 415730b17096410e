using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>Which entries of the evidence log are disclosed. Each that is null or empty narrows nothing.</summary>
internal sealed record ExportScope
{
    /// <summary>Entries whose leaf names this person.</summary>
    public Guid? Person { get; init; }

    /// <summary>Lines of the schedule: entries that speak of another one are left out.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Entries whose leaf names this device.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>Entries of this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Entries before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether somebody who does not see everything takes the own record home: nothing of others goes along that is not needed to check it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether more may be known of a person than what is in it.</summary>
    public bool IsPartOfARecord => Lines.Count > 0 || Device is not null || From is not null || Until is not null;

    /// <summary>Those of the log's first entries that are in it, whichever line they speak of.</summary>
    public IQueryable<LoggedEntry> Of(IQueryable<LoggedEntry> entries, long size)
    {
        var inside = entries.Where(x => x.LeafIndex < size);
        if (Person is { } person) inside = inside.Where(x => x.PersonId == person);
        if (Device is { } device) inside = inside.Where(x => x.DeviceId == device);
        if (From is { } from) inside = inside.Where(x => x.At >= from);
        if (Until is { } until) inside = inside.Where(x => x.At < until);
        return inside;
    }

    /// <summary>Whether an entry of the scope speaks of another line than those that were asked for.</summary>
    public bool LeavesOut(LogBody body) => Lines.Count > 0 && EntryLine.Of(body) is { } line && !Lines.Contains(line);

    /// <summary>What the log says of the export.</summary>
    /// <param name="id">Random.</param>
    /// <param name="sums">SHA-256 of the sums of the documents.</param>
    /// <param name="size">Entries that were looked at.</param>
    /// <param name="by">Who asked for it. Null: the command line.</param>
    public BundleExported Said(Guid id, byte[] sums, long size, Guid? by)
    {
        var said = new BundleExported { Id = LogId.Of(id), Sums = ByteString.CopyFrom(sums), Lines = { Lines }, From = At(From), Until = At(Until), Size = (ulong)size };
        if (Person is { } person) said.PersonId = LogId.Of(person);
        if (Device is { } device) said.DeviceId = ByteString.CopyFrom(device.ToBytes());
        if (by is { } who) said.ExportedBy = LogId.Of(who);
        return said;
    }

    private static Timestamp? At(DateTimeOffset? instant) => instant is { } at ? Timestamp.FromDateTimeOffset(at) : null;
}
