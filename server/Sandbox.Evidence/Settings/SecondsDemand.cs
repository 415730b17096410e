namespace Sandbox.Evidence.Settings;

/// <summary>A time within bounds, written as sshd_config(5) has it: <c>600</c>, <c>10m</c>, <c>1h30m</c>.</summary>
/// <param name="Least">In seconds. Null: that side is open.</param>
/// <param name="Most">In seconds. Null: that side is open.</param>
internal sealed record SecondsDemand(long? Least, long? Most) : NumberDemand(Least, Most)
{
    // Further than any clock goes.
    private const long Longest = 1L << 40;

    public override string Words => $"{base.Words} seconds";

    protected override long? Number(string value)
    {
        var (total, number, digits) = (0L, 0L, false);
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c)) (number, digits) = (number * 10 + (c - '0'), true);
            else if (digits && Unit(c) is { } unit) (total, number, digits) = (total + number * unit, 0, false);
            else return null;
            if (number > Longest || total > Longest) return null;
        }
        return value.Length == 0 ? null : total + number;
    }

    private static long? Unit(char c) => char.ToLowerInvariant(c) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => null };
}
