using System.Globalization;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Values in words; the unit is in the field's name, as the vocabulary has it.</summary>
internal static class FactText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>The value of a field. Null: it is absent, or an enum's unspecified value.</summary>
    public static string? Of(FieldDescriptor field, object? value) => value switch
    {
        null => null,
        bool yes => yes ? "yes" : "no",
        string text => text.Length == 0 ? null : text,
        Timestamp said => Instants.Of(said) is { } instant ? Words.Ages.Full(instant) : "not an instant",
        _ when field.FieldType == FieldType.Enum => EnumWord(field.EnumType, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        double number => Number(field.Name, number),
        IConvertible number => Number(field.Name, number.ToDouble(CultureInfo.InvariantCulture)),
        _ => value.ToString(),
    };

    /// <summary>A size in binary units.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }

    /// <summary>A day counted from 1970-01-01, as shadow(5) does.</summary>
    public static string Day(long day) => day is >= -719162 and <= 2932896
        ? DateOnly.FromDayNumber((int)(day + 719162)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"day {day}");

    private static string? EnumWord(EnumDescriptor type, int number)
    {
        if (number == 0) return null;
        var name = type.FindValueByNumber(number)?.Name;
        return name is null ? string.Create(CultureInfo.InvariantCulture, $"value {number}, unknown to this server") : FactWords.Readable(name);
    }

    private static string Number(string field, double value)
    {
        var text = value.ToString("#,0.##", CultureInfo.InvariantCulture);
        if (field.Contains("uid", StringComparison.Ordinal)) return value.ToString("0", CultureInfo.InvariantCulture);
        if (field.EndsWith("umask", StringComparison.Ordinal)) return Convert.ToString((long)value, 8).PadLeft(3, '0');
        if (field.EndsWith("_bytes", StringComparison.Ordinal)) return field == "mtu_bytes" ? $"{text} B" : Bytes(value);
        if (field.EndsWith("_days", StringComparison.Ordinal)) return $"{text} {(Math.Abs(value) == 1 ? "day" : "days")}";
        if (field.EndsWith("_seconds", StringComparison.Ordinal)) return $"{text} s";
        if (field.EndsWith("_ms", StringComparison.Ordinal)) return $"{text} ms";
        if (field.EndsWith("_mbps", StringComparison.Ordinal)) return $"{text} Mb/s";
        return field.EndsWith("length", StringComparison.Ordinal) ? $"{text} characters" : text;
    }
}
