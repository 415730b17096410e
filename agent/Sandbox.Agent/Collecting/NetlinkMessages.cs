using System.Runtime.InteropServices;

namespace Sandbox.Agent.Collecting;

/// <summary>Messages of a datagram, one after the other: struct nlmsghdr of netlink(7). What is cut off ends the list.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> datagram)
{
    public const ushort Error = 2;
    public const ushort Done = 3;

    /// <summary>NLM_F_DUMP_INTR: what is listed changed meanwhile.</summary>
    public const ushort Interrupted = 0x10;

    private const int HeaderLength = 16;
    private ReadOnlySpan<byte> _rest = datagram;

    public ushort Type { get; private set; }

    public ushort Flags { get; private set; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The errno of an error message, or of a list's end; 0: it went well.</summary>
    public readonly int Errno => Body.Length >= sizeof(int) ? -MemoryMarshal.Read<int>(Body) : 0;

    public bool Next()
    {
        if (_rest.Length < HeaderLength) return false;
        var length = MemoryMarshal.Read<uint>(_rest);
        if (length < HeaderLength || length > _rest.Length) return false;
        (Type, Flags) = (MemoryMarshal.Read<ushort>(_rest[4..]), MemoryMarshal.Read<ushort>(_rest[6..]));
        Body = _rest[HeaderLength..(int)length];
        _rest = _rest[(int)Math.Min((length + 3) & ~3u, (uint)_rest.Length)..];
        return true;
    }
}
