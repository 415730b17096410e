using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>What an entry asks of addresses, interfaces and protocol: struct ipt_ip, struct ip6t_ip6.</summary>
internal readonly ref struct XtHeader(ReadOnlySpan<byte> entry, bool ipv6)
{
    private const int NameLength = 16;
    private const byte ThroughInverted = 1;
    private const byte OutInverted = 2;
    private const byte SourceInverted = 8;
    private const byte DestinationInverted = 16;
    private const byte ProtocolInverted = 64;
    private const byte FragmentsInverted = 32;
    private const byte Fragments = 1;
    private readonly ReadOnlySpan<byte> _entry = entry;
    private readonly bool _ipv6 = ipv6;

    private int Address => _ipv6 ? 16 : 4;

    private int Names => Address * 4;

    private byte Flags => _entry[_ipv6 ? 131 : 82];

    private byte Inverted => _entry[_ipv6 ? 132 : 83];

    /// <summary>Whether a flag is set.</summary>
    public bool Goes(byte flag) => (Flags & flag) != 0;

    public Matching Meets(Probe probe)
    {
        var protocol = MemoryMarshal.Read<ushort>(_entry[(_ipv6 ? 128 : 80)..]);
        // IP6T_F_PROTO says there whether the protocol counts; in IPv4 bit 0 asks for fragments, of which this packet is none.
        if (!_ipv6 && (Flags & Fragments) != 0 && (Inverted & FragmentsInverted) == 0) return Matching.No;
        var meets = From(Address * 2, SourceInverted) && From(Address * 3, DestinationInverted)
            && (protocol == 0 || (protocol == probe.Protocol) != ((Inverted & ProtocolInverted) != 0))
            && Interface(0, probe.ComesIn ? probe.Through?.Name : "", ThroughInverted, known: !probe.ComesIn || probe.Through is not null)
            && Interface(NameLength, "", OutInverted, known: probe.IsLocal);
        return meets ? Matching.Yes : Matching.No;
    }

    // A mask of zeros asks for nothing; any other names addresses.
    private bool From(int mask, byte inverted) => !_entry.Slice(mask, Address).ContainsAnyExcept((byte)0) || (Inverted & inverted) != 0;

    private bool Interface(int which, string? name, byte inverted, bool known)
    {
        var wanted = _entry.Slice(Names + which, NameLength);
        var mask = _entry.Slice(Names + 2 * NameLength + which, NameLength);
        if (!mask.ContainsAnyExcept((byte)0)) return true;
        var same = known;
        Span<byte> bytes = stackalloc byte[NameLength];
        bytes.Clear();
        _ = Encoding.UTF8.TryGetBytes(name ?? "", bytes, out _);
        for (var i = 0; known && i < NameLength; i++)
            if (((bytes[i] ^ wanted[i]) & mask[i]) != 0) same = false;
        return same != ((Inverted & inverted) != 0);
    }
}
