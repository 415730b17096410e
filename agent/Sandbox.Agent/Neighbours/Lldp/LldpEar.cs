using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>
/// Hears what switches, access points and other machines announce of themselves on the same link. It only listens, so that it needs no daemon and is in the way of none:
/// each program that listens gets the frame.
/// </summary>
internal sealed class LldpEar : SocketEar
{
    private const ushort EtherType = 0x88CC;

    // Of an Ethernet frame. Larger ones are cut, and what is whole in them is read.
    private const int LargestFrame = 1500;

    // Each sender announces once in 30 s. Of a flood some 5,000 frames a second are read, and the kernel drops the others.
    private const int RestMilliseconds = 50;

    private const int MostInterfaces = 64;

    // Nearest bridge, nearest bridge that is none of two ports, nearest customer's bridge (IEEE 802.1AB, table 7-1).
    private static readonly byte[][] Groups = [[1, 0x80, 0xC2, 0, 0, 0x0E], [1, 0x80, 0xC2, 0, 0, 0x03], [1, 0x80, 0xC2, 0, 0, 0x00]];

    private readonly SafeFileHandle _socket;
    private readonly HeardAnnouncements _heard;
    private readonly NewsPerMinute _news;
    private readonly HashSet<int> _joined = [];

    // Others let such frames through as well: a radio does, and an access point's address tells where somebody is. It is replaced as a whole, since the thread reads it.
    private volatile HashSet<int> _listenedTo = [];
    private int _interface;

    private LldpEar(SafeFileHandle socket, HeardAnnouncements heard, TimeProvider time, Action wake)
        : base(socket, "lldp", LargestFrame, RestMilliseconds, wake)
    {
        (_socket, _heard, _news) = (socket, heard, new NewsPerMinute(time));
        Start();
    }

    /// <summary>Listens in the network namespace of the calling thread, until disposed.</summary>
    /// <param name="heard">Gets what is announced.</param>
    /// <param name="time">The device's clock.</param>
    /// <param name="wake">Called when something of it is new, a few times a minute at the most.</param>
    /// <exception cref="KernelRefusal">It takes CAP_NET_RAW.</exception>
    public static LldpEar Listen(HeardAnnouncements heard, TimeProvider time, Action wake) => new(PacketSocket.Open(EtherType), heard, time, wake);

    /// <summary>Whether one may listen.</summary>
    /// <exception cref="KernelRefusal">It takes CAP_NET_RAW.</exception>
    public static void Try() => PacketSocket.Open(EtherType).Dispose();

    /// <summary>Listens on these interfaces and no others, and lets them take announcements, as far as they do not yet; a card filters what it was not told to take.</summary>
    /// <param name="indices">All that there are, the more important first.</param>
    /// <returns>How many were too many.</returns>
    public int Join(IReadOnlyList<int> indices)
    {
        _listenedTo = [.. indices.Take(MostInterfaces)];
        // The kernel ends what was for one that is gone.
        _joined.IntersectWith(indices);
        foreach (var index in indices.Take(MostInterfaces))
        {
            if (_joined.Contains(index)) continue;
            if (Array.TrueForAll(Groups, group => PacketSocket.Join(_socket, index, group))) _joined.Add(index);
        }
        return Math.Max(indices.Count - MostInterfaces, 0);
    }

    /// <inheritdoc/>
    protected override int Receive(SafeFileHandle socket, Span<byte> buffer, out bool counts)
    {
        var got = PacketSocket.Receive(socket, buffer, out _interface, out var isOwn);
        counts = !isOwn && _listenedTo.Contains(_interface);
        return got;
    }

    /// <inheritdoc/>
    protected override bool Take(ReadOnlySpan<byte> datagram) => Announcement.Read(datagram) is { } said && _heard.Add(_interface, said) && _news.Take();

    /// <inheritdoc/>
    protected override void Missed()
    {
        // Whoever is still there says it again within 30 s.
    }
}
