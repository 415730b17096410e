using System.Globalization;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>What arguments of sshd_config(5) mean, written as <c>sshd -T</c> writes it. Null: nothing that sshd takes.</summary>
internal static class SshdValue
{
    private static readonly string[] LogLevels = ["QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3"];

    /// <summary><c>yes</c> or <c>no</c>, in any case.</summary>
    public static string? Flag(IReadOnlyList<string> values) => OneOf("yes", "no")(values);

    /// <summary>What may be forwarded.</summary>
    public static string? Forwarding(IReadOnlyList<string> values) => OneOf("yes", "all=yes", "no", "remote", "local")(values);

    /// <summary>One of the words, in any case; <c>word=meaning</c> where another word is meant.</summary>
    public static Func<IReadOnlyList<string>, string?> OneOf(params string[] words) => values =>
    {
        if (values is not [var value]) return null;
        foreach (var word in words)
        {
            var parts = word.Split('=');
            if (parts[0].Equals(value, StringComparison.OrdinalIgnoreCase)) return parts[^1];
        }

        return null;
    };

    /// <summary>A whole number.</summary>
    public static string? Number(IReadOnlyList<string> values) =>
        values is [var value] && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A port.</summary>
    public static string? Port(IReadOnlyList<string> values) =>
        values is [var value] && ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A time such as <c>2m</c> or <c>1h30m</c>, in seconds.</summary>
    public static string? Time(IReadOnlyList<string> values)
    {
        if (values is not [var value] || value.Length == 0) return null;
        var (total, number, digits) = (0L, 0L, 0);
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c))
            {
                number = number * 10 + (c - '0');
                if (++digits > 9) return null;
                continue;
            }

            if (digits == 0 || Unit(c) is not { } unit) return null;
            (total, number, digits) = (total + number * unit, 0, 0);
        }

        total += number;
        return total <= int.MaxValue ? total.ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>All arguments, separated by spaces.</summary>
    public static string? Texts(IReadOnlyList<string> values) => string.Join(' ', values);

    /// <summary>The first argument.</summary>
    public static string? First(IReadOnlyList<string> values) => values[0];

    /// <summary>One path, or <c>none</c>.</summary>
    public static string? Path(IReadOnlyList<string> values) =>
        values is [var value] ? value.Equals("none", StringComparison.OrdinalIgnoreCase) ? "none" : value : null;

    /// <summary>One word in capitals.</summary>
    public static string? Upper(IReadOnlyList<string> values) => values is [var value] ? value.ToUpperInvariant() : null;

    /// <summary>How much is logged.</summary>
    public static string? LogLevel(IReadOnlyList<string> values) => Upper(values) switch
    {
        "DEBUG1" => "DEBUG",
        { } level when LogLevels.Contains(level) => level,
        _ => null,
    };

    /// <summary><c>start:rate:full</c>, or one number for start and full.</summary>
    public static string? MaxStartups(IReadOnlyList<string> values)
    {
        if (values is not [var value]) return null;
        var parts = value.Split(':');
        if (parts.Any(part => !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))) return null;
        return parts.Length switch { 1 => $"{value}:30:{value}", 3 => value, _ => null };
    }

    private static long? Unit(char c) => char.ToLowerInvariant(c) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => null };
}
