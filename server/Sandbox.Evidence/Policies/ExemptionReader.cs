using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Evidence.Policies.Yaml;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads the entries of <c>exemptions</c>.</summary>
internal static partial class ExemptionReader
{
    private const int ShortestReason = 8;

    public static IReadOnlyList<Exemption> Read(YamlMap policy, IReadOnlyList<RuleSettings> rules, YamlFaults faults)
    {
        var found = new List<Exemption>();
        foreach (var node in policy.List("exemptions"))
        {
            if (YamlMap.Of(node, "an entry of `exemptions`", faults) is not { } entry) continue;
            var (rule, reason, until) = (entry.Text("rule", required: true), entry.Text("reason", required: true), entry.Text("until", required: true));
            var (subject, device) = (entry.Text("subject"), entry.Text("device"));
            entry.Close();
            if (rule is not null && rules.All(one => one.Rule != rule)) faults.At(entry.Find("rule")!, $"{YamlMap.Shown(entry.Find("rule")!)} is no rule of this policy");
            if (device is not null && !DeviceId().IsMatch(device)) faults.At(entry.Find("device")!, $"`device` must be a device's id, 32 hexadecimal digits as `sandbox-server devices list --json` and the device's page show it, and is {YamlMap.Shown(entry.Find("device")!)}");
            if (reason is { Length: < ShortestReason }) faults.At(entry.Find("reason")!, "`reason` must say why, in a few words");
            if (rule is null || reason is null || until is null) continue;
            if (DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue) found.Add(new Exemption(rule, subject, device, reason, day));
            else faults.At(entry.Find("until")!, $"`until` must be a day such as 2027-01-31, and is {YamlMap.Shown(entry.Find("until")!)}");
        }
        return found;
    }

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex DeviceId();
}
