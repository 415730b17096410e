using System.Buffers.Binary;
using System.Text;
using Sandbox.Agent.Wifi;
using static Sandbox.Tests.WirelessNetworks.NetlinkBytes;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>A kernel with a radio: answers as nl80211 does. What it says can be changed on the way.</summary>
internal sealed class Radio : IGenericNetlink
{
    public static readonly byte[] Psk = Rsn(2), Sae = Rsn(8);

    public List<byte[]> Interfaces { get; } = [];

    /// <summary>What a scan showed, by the interface's number.</summary>
    public Dictionary<uint, List<byte[]>> Scans { get; } = [];

    public bool HasFamily { get; init; } = true;

    public int ScanRefusal { get; init; }

    /// <summary>The first scans change while they are listed, and are then empty.</summary>
    public int InterruptedScans { get; set; }

    public Func<byte[], byte[]> OnTheWay { get; init; } = datagram => datagram;

    public int Asked { get; private set; }

    /// <summary>One interface in one network.</summary>
    public static Radio In(byte[] elements, ushort? capability = 0x411, string? ssid = "Lab") =>
        new Radio().With(3, "wlan0", ssid, Point(1, elements, capability));

    public Radio With(uint number, string name, string? ssid, params byte[][] points)
    {
        Interfaces.Add(Message(Family, 7, Number(1, 0), Number(3, number), Text(4, name), Number(5, 2), Attribute(6, 2, 0, 0, 0, 0, 1), Number(38, 5200), ssid is null ? [] : Attribute(52, Encoding.UTF8.GetBytes(ssid))));
        Scans[number] = [.. points];
        return this;
    }

    /// <summary>One access point of a scan. Status null: it was only seen.</summary>
    public static byte[] Point(uint? status, byte[] elements, ushort? capability = 0x411, int elementsAs = 6) => Message(Family, 34, Number(46, 7), Number(3, 3), Nest(
        47, Attribute(1, 2, 0, 0, 0, 0, 0xbb), Attribute(6 == elementsAs ? 6 : 11, elements), Number(2, 5180), capability is { } bits ? Short(5, bits) : [], Number(7, 1000), status is { } said ? Number(9, said) : []));

    /// <summary>An element: number, length, content.</summary>
    public static byte[] Element(byte number, params byte[] content) => [number, (byte)content.Length, .. content];

    /// <summary>The element RSN with one cipher and these ways of keys.</summary>
    public static byte[] Rsn(params byte[] ways) => Element(48, [1, 0, 0, 0x0f, 0xac, 4, 1, 0, 0, 0x0f, 0xac, 4, (byte)ways.Length, 0, .. ways.SelectMany(way => new byte[] { 0, 0x0f, 0xac, way }), 0, 0]);

    /// <summary>The element of WPA, before there was RSN.</summary>
    public static byte[] Wpa(byte way) => Element(221, [0, 0x50, 0xf2, 1, 1, 0, 0, 0x50, 0xf2, 2, 1, 0, 0, 0x50, 0xf2, 2, 1, 0, 0, 0x50, 0xf2, way]);

    public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
    {
        Asked++;
        return Answer(request).Select(datagram => (ReadOnlyMemory<byte>)OnTheWay(datagram));
    }

    private IEnumerable<byte[]> Answer(byte[] request) => (BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(4)), request[16]) switch
    {
        (16, 3) => [[.. Message(16, 1, Short(1, 16), Text(2, "nlctrl")), .. HasFamily ? Named() : []], Done()],
        (Family, 5) => [.. Interfaces, Done()],
        (Family, 32) => Scan(BinaryPrimitives.ReadUInt32LittleEndian(request.AsSpan(24))),
        _ => [Error(95)],
    };

    private IEnumerable<byte[]> Scan(uint number)
    {
        if (ScanRefusal != 0) return [Done(ScanRefusal)];
        if (!Scans.TryGetValue(number, out var points)) return [Done(19)];
        return InterruptedScans-- > 0 ? [Interrupted(Done())] : [.. points, Done()];
    }

    private static byte[] Named() => Message(16, 1, Short(1, Family), Text(2, "nl80211"), Number(3, 1), Nest(7, Nest(1, Number(2, 6), Text(1, "config")), Nest(2, Number(2, 9), Text(1, "mlme"))));
}
