using Sandbox.Evidence.Policies.Yaml;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads the entries of <c>exemptions</c>.</summary>
internal static class ExemptionReader
{
    private const int ShortestReason = 8;

    /// <summary>The exemptions.</summary>
    /// <param name="policy">What holds the list.</param>
    /// <param name="rules">Ids of the rules that some device is asked, those with faults of their own included. Null: not known, since what the policy extends is not.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static IReadOnlyList<Exemption> Read(YamlMap policy, HashSet<string>? rules, YamlFaults faults)
    {
        var found = new List<Exemption>();
        foreach (var node in policy.List("exemptions"))
        {
            if (YamlMap.Of(node, "an entry of `exemptions`", faults) is not { } entry) continue;
            var (rule, reason, until) = (entry.Text("rule", required: true), entry.Text("reason", required: true), YamlDay.Read(entry, "until", required: true, faults));
            var (subject, scope) = (entry.Text("subject"), new DeviceScope(Device(entry, faults), ScopeReader.Group(entry, faults), ScopeReader.Role(entry, faults)));
            entry.Close();
            if (rule is not null && rules?.Contains(rule) == false) faults.At(entry.Find("rule")!, $"{YamlMap.Shown(entry.Find("rule")!)} is no rule of this policy{(rules.Count > 0 ? $"; the nearest is {Nearness.Order(rule, [.. rules]).First()}" : "")}");
            if (reason is { Length: < ShortestReason }) faults.At(entry.Find("reason")!, "`reason` must say why, in a few words");
            if (rule is not null && reason is not null && until is { } day) found.Add(new Exemption(rule, subject, scope, reason, day));
        }
        return found;
    }

    private static string? Device(YamlMap entry, YamlFaults faults)
    {
        var device = entry.Text("device");
        if (device is null || DeviceScope.IsDevice(device)) return device;
        faults.At(entry.Find("device")!, $"`device` must be a device's id, 32 hexadecimal digits as `sandbox-server devices list --json` and the device's page show it, and is {YamlMap.Shown(entry.Find("device")!)}");
        return null;
    }
}
