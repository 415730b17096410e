using System.Globalization;

namespace Sandbox.Agent.Accounts;

/// <summary>One line of shadow(5). Days are counted from 1970-01-01 UTC; null where a field is empty.</summary>
internal readonly record struct ShadowEntry(
    string Name, StoredPassword Password, long? LastChange, long? Min, long? Max, long? Warn, long? Inactive, long? Expires)
{
    private const int LeastFields = 5;
    private const int MostFields = 9;
    private const int FirstNumber = 3;
    // From here on chage(1) says "never".
    private const long Never = 10_000;

    /// <summary>Day on which the password must be changed. Null: never, or not known.</summary>
    public long? PasswordExpires =>
        LastChange is > 0 and var changed && Max is >= 0 and < Never and var max ? changed + max : null;

    /// <summary>
    /// Reads a line. Null: the C library takes nothing from it, and <paramref name="fault"/> says why; one field that is not a number is
    /// enough for that, and -1 is none.
    /// </summary>
    public static ShadowEntry? Parse(ReadOnlySpan<char> line, out string? fault)
    {
        fault = null;
        if (line[0] == ':') fault = "it has no name";
        else if (Fields.Count(line) is (< LeastFields or > MostFields) and var count)
            fault = $"it has {count} fields where {MostFields} belong";
        if (fault is not null) return null;

        var fields = new Fields(line);
        var name = fields.Next().ToString();
        var password = StoredPassword.Read(fields.Next());
        Span<long> days = stackalloc long[6];
        for (var i = 0; i < days.Length; i++)
        {
            if (TryDays(fields.Next(), out days[i])) continue;
            fault = $"field {FirstNumber + i} of {name} is not a number of days, so the whole entry counts for nothing";
            return null;
        }

        return new ShadowEntry(name, password, Day(days[0]), Day(days[1]), Day(days[2]), Day(days[3]), Day(days[4]), Day(days[5]));
    }

    private static long? Day(long days) => days < 0 ? null : days;

    private static bool TryDays(ReadOnlySpan<char> field, out long days)
    {
        days = -1;
        if (field.IsEmpty) return true;
        var numeric = int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        days = number;
        return numeric;
    }
}
