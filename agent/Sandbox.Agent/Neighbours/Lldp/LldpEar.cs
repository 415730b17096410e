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

    // Each sender announces once in 30 s; whoever floods the link keeps a core no busier than this.
    private const int RestMilliseconds = 50;

    // Far more than a machine has ports.
    private const int MostInterfaces = 64;

    // Nearest bridge, nearest bridge that is none of two ports, nearest customer's bridge (IEEE 802.1AB, table 7-1).
    private static readonly byte[][] Groups = [[1, 0x80, 0xC2, 0, 0, 0x0E], [1, 0x80, 0xC2, 0, 0, 0x03], [1, 0x80, 0xC2, 0, 0, 0x00]];

    private readonly SafeFileHandle _socket;
    private readonly HeardAnnouncements _heard;
    private readonly HashSet<int> _joined = [];
    private int _interface;

    private LldpEar(SafeFileHandle socket, HeardAnnouncements heard, Action wake)
        : base(socket, "lldp", LargestFrame, RestMilliseconds, wake)
    {
        (_socket, _heard) = (socket, heard);
        Start();
    }

    /// <summary>Listens in the network namespace of the calling thread, until disposed.</summary>
    /// <param name="heard">Gets what is announced.</param>
    /// <param name="wake">Called when something of it is new.</param>
    /// <exception cref="KernelRefusal">It takes CAP_NET_RAW.</exception>
    public static LldpEar Listen(HeardAnnouncements heard, Action wake) => new(PacketSocket.Open(EtherType), heard, wake);

    /// <summary>Whether one may listen.</summary>
    /// <exception cref="KernelRefusal">It takes CAP_NET_RAW.</exception>
    public static void Try() => PacketSocket.Open(EtherType).Dispose();

    /// <summary>Lets these interfaces take announcements too, as far as they do not yet.</summary>
    /// <param name="indices">Of Ethernet and Wi-Fi.</param>
    public void Join(IEnumerable<int> indices)
    {
        foreach (var index in indices)
        {
            if (_joined.Count >= MostInterfaces || !_joined.Add(index)) continue;
            foreach (var group in Groups) _ = PacketSocket.Join(_socket, index, group);
        }
    }

    /// <inheritdoc/>
    protected override int Receive(SafeFileHandle socket, Span<byte> buffer, out bool counts)
    {
        var got = PacketSocket.Receive(socket, buffer, out _interface, out var isOwn);
        counts = !isOwn;
        return got;
    }

    /// <inheritdoc/>
    protected override bool Take(ReadOnlySpan<byte> datagram) => Announcement.Read(datagram) is { } said && _heard.Add(_interface, said);

    /// <inheritdoc/>
    protected override void Missed()
    {
        // Whoever is still there says it again within 30 s.
    }
}
