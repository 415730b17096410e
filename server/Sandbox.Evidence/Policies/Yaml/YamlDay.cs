using System.Globalization;

namespace Sandbox.Evidence.Policies.Yaml;

/// <summary>Days in a policy: <c>until: 2027-01-31</c>.</summary>
internal static class YamlDay
{
    /// <summary>The day behind a key. Null: none, or it is wrong, which is noted.</summary>
    public static DateOnly? Read(YamlMap map, string key, bool required, YamlFaults faults)
    {
        if (map.Text(key, required) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue) return day;
        faults.At(map.Find(key)!, $"`{key}` must be a day such as 2027-01-31, and is {YamlMap.Shown(map.Find(key)!)}");
        return null;
    }
}
