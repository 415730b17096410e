using System.Runtime.InteropServices;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>struct xt_conntrack_mtinfo1 to 3 of linux/netfilter/xt_conntrack.h, for the first packet of a connection.</summary>
internal static class XtConntrack
{
    /// <summary>The state NEW; the same bit in the match state and in nf_tables.</summary>
    public const ushort New = 8;

    private const int FlagsAt = 146;
    private const ushort State = 1 << 0;
    private const ushort Status = 1 << 6;
    private const ushort Direction = 1 << 12;
    private const ushort StateIsAnAlias = 1 << 13;
    // Addresses (bits 2 to 5), expiry (7), ports (8 to 11): values from elsewhere.
    private const ushort Named = 0xfbc & ~Status;

    public static Matching Meets(uint revision, ReadOnlySpan<byte> info)
    {
        var (flags, inverted) = (Short(info[FlagsAt..]), Short(info[(FlagsAt + 2)..]));
        // Revision 1 keeps masks in one byte each.
        var states = revision == 1 ? info[FlagsAt + 4] : Short(info[(FlagsAt + 4)..]);
        if ((flags & State) != 0 && ((states & New) != 0) == ((inverted & State) != 0)) return Matching.No;
        // It has no status yet: neither seen replies nor translated.
        if ((flags & Status) != 0 && (inverted & Status) == 0) return Matching.No;
        if ((flags & Named & ~inverted) != 0 || (flags & Direction & inverted) != 0) return Matching.No;
        return (flags & ~(State | StateIsAnAlias | Status | Direction | Named)) == 0 ? Matching.Yes : Matching.Unknown;
    }

    private static ushort Short(ReadOnlySpan<byte> at) => MemoryMarshal.Read<ushort>(at);
}
