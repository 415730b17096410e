namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>What is known of a byte.</summary>
internal enum Known : byte
{
    /// <summary>Nothing.</summary>
    Nothing,
    /// <summary>It differs from packet to packet: chance, time.</summary>
    Varies,
    /// <summary>It is a value that no rule names: an address, a port, an interface from elsewhere.</summary>
    Elsewhere,
    /// <summary>Its value.</summary>
    Value,
}

/// <summary>The 64 bytes of registers of nf_tables while a rule is asked about a packet, each with what is known of it.</summary>
/// <param name="values">Of <see cref="Length"/>.</param>
/// <param name="known">Of <see cref="Length"/>, all <see cref="Known.Nothing"/>.</param>
internal readonly ref struct Registers(Span<byte> values, Span<Known> known)
{
    public const int Length = 64;
    private readonly Span<byte> _values = values;
    private readonly Span<Known> _known = known;

    /// <summary>Where a register starts: numbers 1 to 4 have 16 bytes, numbers from 8 have 4. Outside: the kernel takes no such rule.</summary>
    public static int At(uint register) => register switch
    {
        >= 1 and <= 4 => (int)(register - 1) * 16,
        >= 8 and <= 23 => (int)(register - 8) * 4,
        _ => Length,
    };

    /// <summary>A known value, filled up with zeros to whole words as the kernel does.</summary>
    public void Set(uint register, ReadOnlySpan<byte> value)
    {
        var words = (value.Length + 3) & ~3;
        for (var (i, at) = (0, At(register)); i < words && at < Length; i++, at++)
            (_values[at], _known[at]) = (i < value.Length ? value[i] : (byte)0, Known.Value);
    }

    /// <summary>A value of which only this is known.</summary>
    public void Set(uint register, int length, Known known) => Span(_known, register, length).Fill(known);

    /// <summary>The values; where nothing is known of one, it means nothing.</summary>
    public Span<byte> Values(uint register, int length) => Span(_values, register, length);

    /// <summary>What is known of each byte.</summary>
    public Span<Known> Marks(uint register, int length) => Span(_known, register, length);

    /// <summary>What is known of all of them together: the least.</summary>
    public Known Mark(uint register, int length)
    {
        var least = Known.Value;
        foreach (var known in Marks(register, length))
            if (known < least) least = known;
        return least;
    }

    private static Span<T> Span<T>(Span<T> all, uint register, int length)
    {
        var at = At(register);
        return all.Slice(at, Math.Clamp(length, 0, Length - at));
    }
}
