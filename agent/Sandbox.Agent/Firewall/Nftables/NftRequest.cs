using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Requests to nf_tables. Only such as read: nfnetlink(7) has one message type for each.</summary>
internal static class NftRequest
{
    public const ushort Tables = Subsystem | 1;
    public const ushort Chains = Subsystem | 4;
    public const ushort Rules = Subsystem | 7;
    public const ushort Elements = Subsystem | 13;
    public const ushort Generation = Subsystem | 16;

    /// <summary>struct nlmsghdr and struct nfgenmsg.</summary>
    public const int HeaderLength = 20;

    private const ushort Subsystem = 10 << 8;
    private const ushort Request = 0x1;
    private const ushort Dump = 0x300;
    private const int SetTable = 1;
    private const int SetName = 2;

    /// <summary>The number of the ruleset as it is now: another one after every change.</summary>
    public static byte[] OfGeneration() => Header(Generation, Request, 0, HeaderLength);

    /// <summary>All tables, chains or rules of all families.</summary>
    public static byte[] OfAll(ushort type) => Header(type, Request | Dump, 0, HeaderLength);

    /// <summary>The elements of a set.</summary>
    public static byte[] OfElements(byte family, string table, string set)
    {
        var (tableName, setName) = (Encoding.UTF8.GetBytes(table + '\0'), Encoding.UTF8.GetBytes(set + '\0'));
        var first = Aligned(4 + tableName.Length);
        var request = Header(Elements, Request | Dump, family, HeaderLength + first + Aligned(4 + setName.Length));
        Attribute(request.AsSpan(HeaderLength), SetTable, tableName);
        Attribute(request.AsSpan(HeaderLength + first), SetName, setName);
        return request;
    }

    private static byte[] Header(ushort type, ushort flags, byte family, int length)
    {
        var request = new byte[length];
        MemoryMarshal.Write(request, (uint)length);
        MemoryMarshal.Write(request.AsSpan(4), type);
        MemoryMarshal.Write(request.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(8), 1);
        request[16] = family;
        return request;
    }

    private static void Attribute(Span<byte> at, ushort type, byte[] value)
    {
        MemoryMarshal.Write(at, (ushort)(4 + value.Length));
        MemoryMarshal.Write(at[2..], type);
        value.CopyTo(at[4..]);
    }

    private static int Aligned(int length) => (length + 3) & ~3;
}
