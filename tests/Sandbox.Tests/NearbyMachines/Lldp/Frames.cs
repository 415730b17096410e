using System.Text;

namespace Sandbox.Tests.NearbyMachines.Lldp;

/// <summary>LLDPDUs, byte by byte.</summary>
internal static class Frames
{
    /// <summary>As Debian's lldpd 1.0.16 sent it on a veth.</summary>
    public static readonly byte[] OfLldpd = Convert.FromHexString(
        "020704020000000002040703020000000002060200780a02766d0c0a4c6162207377697463680e04009c008010181102fe80000000000000000000fffe00000202000000020008057468657265"
        + "fe0900120f030100000000fe0900120f0100800000360000");

    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part), 0, 0];

    public static byte[] Chassis(byte kind, params byte[] id) => Part(1, [kind, .. id]);

    public static byte[] Port(byte kind, params byte[] id) => Part(2, [kind, .. id]);

    public static byte[] Port(string name) => Port(5, Encoding.UTF8.GetBytes(name));

    public static byte[] Lasts(ushort seconds) => Part(3, [(byte)(seconds >> 8), (byte)seconds]);

    public static byte[] Part(int type, string text) => Part(type, Encoding.UTF8.GetBytes(text));

    public static byte[] Part(int type, params byte[] value) => [(byte)((type << 1) | (value.Length >> 8)), (byte)value.Length, .. value];
}
