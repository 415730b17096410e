using System.Buffers.Binary;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Comparisons of a register with values of a rule.</summary>
internal static class Comparison
{
    private const double MostOfAll = 0.5;

    /// <summary>The expression cmp, operators NFT_CMP_EQ to NFT_CMP_GTE.</summary>
    public static Matching Of(Registers registers, uint register, uint comparison, ReadOnlySpan<byte> with)
    {
        Span<byte> least = stackalloc byte[with.Length];
        Span<byte> most = stackalloc byte[with.Length];
        most.Fill(0xff);
        return comparison switch
        {
            0 => Equal(registers, register, with),
            1 => Not(Equal(registers, register, with)),
            2 => Not(Between(registers, register, with, most)),
            3 => Between(registers, register, least, with),
            4 => Not(Between(registers, register, least, with)),
            5 => Between(registers, register, with, most),
            _ => Matching.Unknown,
        };
    }

    /// <summary>The expression range. A packet from elsewhere lies in no range, unless that takes more than half of all values.</summary>
    public static Matching Between(Registers registers, uint register, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        switch (registers.Mark(register, from.Length))
        {
            case Known.Nothing: return Matching.Unknown;
            case Known.Varies: return Matching.Sometimes;
            case Known.Elsewhere when from.Length != to.Length: return Matching.Unknown;
            case Known.Elsewhere: return Share(from, to) switch { >= 1 => Matching.Yes, > MostOfAll => Matching.Sometimes, _ => Matching.No };
            default:
                ReadOnlySpan<byte> value = registers.Values(register, from.Length);
                return value.SequenceCompareTo(from) >= 0 && value.SequenceCompareTo(to) <= 0 ? Matching.Yes : Matching.No;
        }
    }

    public static Matching Not(Matching matching) => matching switch
    {
        Matching.Yes => Matching.No,
        Matching.No => Matching.Yes,
        _ => matching,
    };

    private static Matching Equal(Registers registers, uint register, ReadOnlySpan<byte> with) => registers.Mark(register, with.Length) switch
    {
        Known.Nothing => Matching.Unknown,
        Known.Varies => Matching.Sometimes,
        Known.Elsewhere => Matching.No,
        _ => registers.Values(register, with.Length).SequenceEqual(with) ? Matching.Yes : Matching.No,
    };

    // By the two leading bytes: ports have no more, and of addresses they decide. Port 0 is none, so 1 to 65535 is all of them.
    private static double Share(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (from.Length < sizeof(ushort)) return 0;
        var (first, last) = (BinaryPrimitives.ReadUInt16BigEndian(from), BinaryPrimitives.ReadUInt16BigEndian(to));
        return (last - Math.Max(first, (ushort)1) + 1) / 65535.0;
    }
}
