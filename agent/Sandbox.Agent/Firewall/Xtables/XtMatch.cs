using System.Runtime.InteropServices;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>
/// Matches of xtables, as iptables-legacy has them and as iptables-nft wraps those that nf_tables has no words for: the structs of
/// linux/netfilter/xt_*.h. One that is not known here, or of another revision, is not understood.
/// </summary>
internal static class XtMatch
{
    /// <summary>Asks one match.</summary>
    public static Effect Meets(string name, uint revision, ReadOnlySpan<byte> info, Probe probe)
    {
        var matching = Of(name, revision, info, probe);
        return new Effect(matching, Act.Continue, Why: matching == Matching.Unknown ? $"match {name}" : null);
    }

    private static Matching Of(string name, uint revision, ReadOnlySpan<byte> info, Probe probe) => (name, revision, info.Length) switch
    {
        ("comment", _, _) => Matching.Yes,
        ("tcp", 0, >= 12) => Tcp(info, probe),
        ("udp", 0, >= 9) => Udp(info, probe),
        ("icmp" or "icmp6", _, _) => Matching.No,
        ("multiport", 1, >= 48) => Named(info[47] != 0),
        ("conntrack", 1 or 2 or 3, >= 152) => XtConntrack.Meets(revision, info),
        ("state", 0, >= 4) => If((Word(info) & XtConntrack.New) != 0),
        ("addrtype", 0 or 1, >= 8) => AddressType(revision, info, probe),
        ("pkttype", 0, >= 8) => If((Word(info) == 0) != (Word(info[4..]) != 0)),
        ("mark", 1, >= 9) => probe.Marked ? Matching.Unknown : If((Word(info) == 0) != (info[8] != 0)),
        ("mac", 0, >= 12) => Named(Word(info[8..]) != 0),
        // IPSET_INV_MATCH, in the flags of struct xt_set_info.
        ("set", >= 1, >= 4) => Named((info[3] & 1) != 0),
        ("iprange", 1, >= 65) => Ranges(info[64]),
        // XT_RPFILTER_INVERT: the packet comes the way that replies go.
        ("rpfilter", 0, >= 1) => If((info[0] & 8) == 0),
        ("limit" or "hashlimit" or "statistic" or "connlimit" or "connbytes" or "quota" or "time", _, _) => Matching.Sometimes,
        _ => Matching.Unknown,
    };

    // struct xt_tcp: source ports, destination ports, option, mask and value of flags, what is inverted.
    private static Matching Tcp(ReadOnlySpan<byte> info, Probe probe)
    {
        const byte Syn = 2, Source = 1, Destination = 2, Flags = 4, Option = 8;
        if (probe.Protocol != Probe.Tcp) return Matching.No;
        var inverted = info[11];
        var ports = Both(Ports(info, inverted & Source), Ports(info[4..], inverted & Destination));
        var flags = If(((Syn & info[9]) == info[10]) != ((inverted & Flags) != 0));
        var option = info[8] == 0 ? Matching.Yes : Named((inverted & Option) != 0);
        return Both(Both(ports, flags), option);
    }

    private static Matching Udp(ReadOnlySpan<byte> info, Probe probe) =>
        probe.Protocol != Probe.Udp ? Matching.No : Both(Ports(info, info[8] & 1), Ports(info[4..], info[8] & 2));

    // From and to, both included, in the machine's order.
    private static Matching Ports(ReadOnlySpan<byte> range, int inverted)
    {
        var (from, to) = (Short(range), Short(range[2..]));
        var share = (to - Math.Max(from, (ushort)1) + 1) / 65535.0;
        var inside = share switch { >= 1 => Matching.Yes, > 0.5 => Matching.Sometimes, _ => Matching.No };
        return inverted == 0 ? inside : Inverse(inside);
    }

    // A bit for each type of rtnetlink(7): unicast is 1, local 2.
    private static Matching AddressType(uint revision, ReadOnlySpan<byte> info, Probe probe)
    {
        const ushort Unicast = 1 << 1, Local = 1 << 2;
        var (source, destination) = (Short(info), Short(info[2..]));
        var (notSource, notDestination) = revision == 0
            ? (Word(info[4..]) != 0, info.Length >= 12 && Word(info[8..]) != 0)
            : ((Word(info[4..]) & 1) != 0, (Word(info[4..]) & 2) != 0);
        var from = source == 0 || ((source & Unicast) != 0) != notSource;
        var to = destination == 0 || ((destination & (probe.IsLocal ? Local : Unicast)) != 0) != notDestination;
        return If(from && to);
    }

    // IPRANGE_SRC 1, IPRANGE_DST 2, and the same inverted 16 and 32.
    private static Matching Ranges(byte flags) =>
        Both((flags & 1) == 0 ? Matching.Yes : Named((flags & 16) != 0), (flags & 2) == 0 ? Matching.Yes : Named((flags & 32) != 0));

    /// <summary>A condition that names addresses or ports: a packet from elsewhere meets only its opposite.</summary>
    private static Matching Named(bool inverted) => If(inverted);

    private static Matching If(bool holds) => holds ? Matching.Yes : Matching.No;

    private static Matching Inverse(Matching matching) => matching switch { Matching.Yes => Matching.No, Matching.No => Matching.Yes, _ => matching };

    private static Matching Both(Matching one, Matching other) => one < other ? one : other;

    private static uint Word(ReadOnlySpan<byte> at) => MemoryMarshal.Read<uint>(at);

    private static ushort Short(ReadOnlySpan<byte> at) => MemoryMarshal.Read<ushort>(at);
}
