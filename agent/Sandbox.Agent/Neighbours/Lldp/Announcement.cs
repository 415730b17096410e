using System.Buffers.Binary;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>What one frame of LLDP says: an LLDPDU of IEEE 802.1AB, clause 8 and 9.</summary>
/// <param name="Neighbour">Without the interface on which it was heard.</param>
/// <param name="Lasts">How long it is true unless it is said again. Zero: the sender takes it back.</param>
internal sealed record Announcement(LldpNeighbour Neighbour, TimeSpan Lasts)
{
    private const int MostText = 255;
    private const int End = 0, Chassis = 1, Port = 2, TimeToLive = 3, PortDescription = 4, SystemName = 5, SystemDescription = 6, Capabilities = 7, ManagementAddress = 8, Organisation = 127;

    // 802.1 of IEEE: Port VLAN ID.
    private static ReadOnlySpan<byte> PortVlan => [0x00, 0x80, 0xC2, 1];

    /// <summary>Reads it. Null: it is none, or one of the three parts that must come first is missing or without content.</summary>
    public static Announcement? Read(ReadOnlySpan<byte> frame)
    {
        var neighbour = new LldpNeighbour();
        TimeSpan? lasts = null;
        for (var place = 1; Next(ref frame, out var type, out var value) && type != End; place++)
        {
            // The first three come first, and once.
            if (type <= TimeToLive ? type != place : place <= TimeToLive) return null;
            switch (type)
            {
                case Chassis when LldpIdentifier.OfChassis(value) is { } id: neighbour.ChassisId = id; break;
                case Port when LldpIdentifier.OfPort(value) is { } id: neighbour.PortId = id; break;
                case TimeToLive when value.Length >= 2: lasts = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt16BigEndian(value)); break;
                case Chassis or Port or TimeToLive: return null;
                default: Add(neighbour, type, value); break;
            }
        }
        return lasts is { } span ? new Announcement(neighbour, span) : null;
    }

    // Seven bits of type, nine of length.
    private static bool Next(ref ReadOnlySpan<byte> frame, out int type, out ReadOnlySpan<byte> value)
    {
        type = End;
        value = default;
        if (frame.Length < 2) return false;
        var head = BinaryPrimitives.ReadUInt16BigEndian(frame);
        var length = head & 0x1ff;
        if (length > frame.Length - 2) return false;
        type = head >> 9;
        value = frame.Slice(2, length);
        frame = frame[(2 + length)..];
        return true;
    }

    private static void Add(LldpNeighbour neighbour, int type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case PortDescription when Text(value) is { } text: neighbour.PortDescription = text; break;
            case SystemName when Text(value) is { } text: neighbour.SystemName = text; break;
            case SystemDescription when Text(value) is { } text: neighbour.SystemDescription = text; break;
            case Capabilities when value.Length >= 4: AddEnabled(neighbour, BinaryPrimitives.ReadUInt16BigEndian(value[2..])); break;
            // The first is the one that the sender prefers.
            case ManagementAddress when !neighbour.HasManagementAddress && Address(value) is { } address: neighbour.ManagementAddress = address; break;
            case Organisation when value.StartsWith(PortVlan) && value.Length >= 6 && BinaryPrimitives.ReadUInt16BigEndian(value[4..]) is > 0 and <= 4094 and var vlan: neighbour.PortVlan = vlan; break;
        }
    }

    // Bit 0 is "other", and those of the enumeration follow it in the standard's order.
    private static void AddEnabled(LldpNeighbour neighbour, int bits)
    {
        neighbour.Capabilities.Clear();
        for (var bit = 0; bit < 11; bit++)
            if ((bits & (1 << bit)) != 0) neighbour.Capabilities.Add((LldpNeighbour.Types.Capability)(bit + 1));
    }

    // Its length with the family that follows, then the address, then what nobody needs.
    private static string? Address(ReadOnlySpan<byte> value) =>
        value.Length > 1 && value[0] > 0 && value[0] <= value.Length - 1 ? LldpIdentifier.Network(value.Slice(1, value[0])) : null;

    private static string? Text(ReadOnlySpan<byte> value) => ShortText.Of(System.Text.Encoding.UTF8.GetString(value), MostText);
}
