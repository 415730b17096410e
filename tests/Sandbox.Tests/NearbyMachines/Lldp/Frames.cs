using System.Text;

namespace Sandbox.Tests.NearbyMachines.Lldp;

/// <summary>LLDPDUs, byte by byte.</summary>
internal static class Frames
{
    /// <summary>As lldpd 1.0.16 sent it on a veth: chassis and port by hardware address, 120 s, name, description, port description.</summary>
    public static readonly byte[] OfLldpd = Of(Chassis(4, 0x12, 0x1B, 0xC7, 0x8F, 0x82, 0xDA), Port(3, 0x12, 0x1B, 0xC7, 0x8F, 0x82, 0xDA), Lasts(120), Part(5, "vm"), Part(6, "Lab switch"), Part(4, "v1"));

    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part), 0, 0];

    public static byte[] Chassis(byte kind, params byte[] id) => Part(1, [kind, .. id]);

    public static byte[] Port(byte kind, params byte[] id) => Part(2, [kind, .. id]);

    public static byte[] Port(string name) => Port(5, Encoding.UTF8.GetBytes(name));

    public static byte[] Lasts(ushort seconds) => Part(3, [(byte)(seconds >> 8), (byte)seconds]);

    public static byte[] Part(int type, string text) => Part(type, Encoding.UTF8.GetBytes(text));

    public static byte[] Part(int type, params byte[] value) => [(byte)((type << 1) | (value.Length >> 8)), (byte)value.Length, .. value];
}
