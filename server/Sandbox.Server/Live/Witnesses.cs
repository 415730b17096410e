using System.Collections.Concurrent;
using System.Threading.Channels;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Server.Live;

/// <summary>
/// The devices with an open stream as witnesses of the evidence log's past: at hello they show the checkpoint that they keep, and with
/// acknowledgements they get newer ones.
/// </summary>
internal sealed class Witnesses(NewestCheckpoint newest)
{
    private const int MostWaiting = 1024;

    private readonly ConcurrentDictionary<DeviceId, PublishedCheckpoint> _told = [];
    private readonly Channel<DeviceWitness> _waiting = Channel.CreateBounded<DeviceWitness>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How many devices were given the newest checkpoint since this server started, or showed it.</summary>
    public int ToldNewest => newest.Current is { } current ? _told.Values.Count(told => ReferenceEquals(told, current)) : 0;

    /// <summary>A stream begins; never waits. When too many testimonies wait to be heard, this one is left for the next hello.</summary>
    /// <param name="device">Whose stream it is.</param>
    /// <param name="name">The device's name for people.</param>
    /// <param name="shown">The checkpoint that it showed, a signed note. Empty: none.</param>
    public DeviceWitness Hear(DeviceId device, string name, ReadOnlyMemory<byte> shown)
    {
        var current = newest.Current;
        if (shown.IsEmpty) return new DeviceWitness(this, device, name, [], hasNothingNew: null) { MayBeTold = true };
        if (current is not null && shown.Span.SequenceEqual(current.Note))
        {
            _told[device] = current;
            return new DeviceWitness(this, device, name, [], current) { MayBeTold = true };
        }

        var witness = new DeviceWitness(this, device, name, Bounded(shown), hasNothingNew: null);
        _waiting.Writer.TryWrite(witness);
        return witness;
    }

    /// <summary>The testimonies that have to be judged, as they come.</summary>
    public IAsyncEnumerable<DeviceWitness> ReadAllAsync(CancellationToken ct) => _waiting.Reader.ReadAllAsync(ct);

    /// <summary>The newest checkpoint for a device that has another one. Null: there is none, or it has it.</summary>
    internal PublishedCheckpoint? Tell(DeviceId device, PublishedCheckpoint? has) =>
        newest.Current is { } current && !ReferenceEquals(current, has) ? _told[device] = current : null;

    // What is larger than any note is cut, and still is none.
    private static byte[] Bounded(ReadOnlyMemory<byte> shown) => shown[..Math.Min(shown.Length, SignedNote.Largest + 1)].ToArray();
}

/// <summary>One stream's device as a witness.</summary>
/// <param name="all">Where newer checkpoints come from.</param>
/// <param name="device">Whose stream it is.</param>
/// <param name="name">The device's name for people.</param>
/// <param name="shown">The checkpoint that it showed, a signed note.</param>
/// <param name="hasNothingNew">The checkpoint that it has. Null: it is told the newest, whichever that is.</param>
internal sealed class DeviceWitness(Witnesses all, DeviceId device, string name, byte[] shown, PublishedCheckpoint? hasNothingNew)
{
    private volatile bool _mayBeTold;
    private PublishedCheckpoint? _told = hasNothingNew;

    /// <summary>Whose stream it is.</summary>
    public DeviceId Device => device;

    /// <summary>The device's name for people.</summary>
    public string Name => name;

    /// <summary>The checkpoint that it showed, a signed note.</summary>
    public byte[] Shown => shown;

    /// <summary>
    /// Whether it gets newer checkpoints: not before its own is judged, and never when it contradicts this log, since the newer one would take
    /// the place of the proof.
    /// </summary>
    public bool MayBeTold
    {
        get => _mayBeTold;
        set => _mayBeTold = value;
    }

    /// <summary>The newest checkpoint. Null: this stream has it already, or must not get it. The stream's sender alone asks.</summary>
    public byte[]? Next()
    {
        if (!_mayBeTold || all.Tell(device, _told) is not { } current) return null;
        _told = current;
        return current.Note;
    }
}
