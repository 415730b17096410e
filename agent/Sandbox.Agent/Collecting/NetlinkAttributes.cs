using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Agent.Collecting;

/// <summary>Attributes of a netlink message, one after the other: struct nlattr of netlink(7). What is cut off ends the list.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private const int HeaderLength = 4;
    private const int TypeMask = 0x3fff;
    private ReadOnlySpan<byte> _rest = bytes;

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Next()
    {
        if (_rest.Length < HeaderLength) return false;
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderLength || length > _rest.Length) return false;
        Type = MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask;
        Value = _rest[HeaderLength..length];
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }

    /// <summary>The first of the type. Empty: there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> bytes, int type)
    {
        var all = new NetlinkAttributes(bytes);
        while (all.Next())
            if (all.Type == type) return all.Value;
        return default;
    }

    /// <summary>A number in network order, as nf_tables has them. Null: it is not there.</summary>
    public static uint? Number(ReadOnlySpan<byte> bytes, int type) =>
        Find(bytes, type) is { Length: >= sizeof(uint) } value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    /// <summary>A number in this machine's order, as generic netlink has them. Null: it is not there.</summary>
    public static uint? HostNumber(ReadOnlySpan<byte> bytes, int type) =>
        Find(bytes, type) is { Length: >= sizeof(uint) } value ? MemoryMarshal.Read<uint>(value) : null;

    /// <summary>The same of 16 bits.</summary>
    public static ushort? HostShort(ReadOnlySpan<byte> bytes, int type) =>
        Find(bytes, type) is { Length: >= sizeof(ushort) } value ? MemoryMarshal.Read<ushort>(value) : null;

    /// <summary>A text that ends with NUL. Empty: it is not there.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, int type)
    {
        var value = Find(bytes, type);
        var end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }
}
