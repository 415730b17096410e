namespace Sandbox.Evidence.Settings;

/// <summary>A mask of umask(2), in octal, that takes away these bits at least.</summary>
/// <param name="Bits">The bits.</param>
internal sealed record MaskDemand(uint Bits) : ValueDemand
{
    /// <summary>The mask by which a program says that it sets none. Null: it has no such word.</summary>
    public uint? None { get; init; }

    public override string Words => $"{Octal.Words(Bits)} or stricter";

    public override bool Meets(string value) => Octal.Read(value) is { } mask && mask != None && (mask & Bits) == Bits;
}

/// <summary>Bits of files in octal, as chmod(1) and umask(1) write them.</summary>
internal static class Octal
{
    private const int MostDigits = 6;

    /// <summary>The bits. Null: no number in octal.</summary>
    public static uint? Read(string text)
    {
        if (text.Length is 0 or > MostDigits || text.AsSpan().ContainsAnyExceptInRange('0', '7')) return null;
        var bits = 0u;
        foreach (var digit in text) bits = bits * 8 + (uint)(digit - '0');
        return bits;
    }

    /// <summary><c>0640</c>.</summary>
    public static string Words(uint bits) => Convert.ToString(bits, 8).PadLeft(4, '0');
}
