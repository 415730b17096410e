using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>Builds what a kernel sends: messages of generic netlink by linux/netlink.h, linux/genetlink.h and linux/nl80211.h.</summary>
internal static class NetlinkBytes
{
    public const ushort Family = 33;

    private const ushort Nested = 0x8000;

    /// <summary>struct nlattr, padded to four bytes.</summary>
    public static byte[] Attribute(int type, params byte[] value)
    {
        var bytes = new byte[(4 + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)type);
        value.CopyTo(bytes, 4);
        return bytes;
    }

    public static byte[] Number(int type, uint value) => Attribute(type, BitConverter.GetBytes(value));

    public static byte[] Short(int type, ushort value) => Attribute(type, BitConverter.GetBytes(value));

    public static byte[] Text(int type, string value) => Attribute(type, Encoding.UTF8.GetBytes(value + '\0'));

    public static byte[] Nest(int type, params byte[][] attributes) => Attribute(type | Nested, [.. attributes.SelectMany(one => one)]);

    /// <summary>struct nlmsghdr and struct genlmsghdr of one part of a list, and its attributes.</summary>
    public static byte[] Message(ushort family, byte command, params byte[][] attributes) =>
        Raw(family, 2, [command, 1, 0, 0, .. attributes.SelectMany(one => one)]);

    /// <summary>The end of a list: NLMSG_DONE.</summary>
    public static byte[] Done(int errno = 0) => Raw(3, 2, BitConverter.GetBytes(-errno));

    /// <summary>A refusal: NLMSG_ERROR.</summary>
    public static byte[] Error(int errno) => Raw(2, 0, [.. BitConverter.GetBytes(-errno), .. new byte[16]]);

    /// <summary>Of a message: NLM_F_DUMP_INTR.</summary>
    public static byte[] Interrupted(byte[] message)
    {
        message[6] |= 0x10;
        return message;
    }

    private static byte[] Raw(ushort type, ushort flags, byte[] body)
    {
        var bytes = new byte[16 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), flags);
        body.CopyTo(bytes, 16);
        return bytes;
    }
}
