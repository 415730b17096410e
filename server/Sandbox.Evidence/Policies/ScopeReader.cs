using Sandbox.Evidence.Policies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads the entries of <c>for</c>, and for which devices something is.</summary>
internal static class ScopeReader
{
    /// <summary>Most entries, those that are inherited included: who needs more needs several policies.</summary>
    public const int Most = 64;

    /// <summary>The entries, those inherited first.</summary>
    public static IReadOnlyList<ScopedRules> Read(YamlMap policy, IReadOnlyList<RuleSettings> rules, IReadOnlyList<ScopedRules> inherited, YamlFaults faults)
    {
        var found = inherited.ToList();
        foreach (var node in policy.List("for"))
        {
            if (YamlMap.Of(node, "an entry of `for`", faults) is not { } entry) continue;
            var (group, role) = (Group(entry, faults), Role(entry, faults));
            if (entry.Find("group") is null == entry.Find("role") is null) faults.At(node, "an entry of `for` must name a `group` or a `role`, one of the two");
            var changes = RuleReader.Read(entry, rules, found, ofSome: true, faults);
            if (entry.Find("rules") is null) entry.Missing("rules");
            else if (entry.Find("rules") is YamlSequenceNode { Children.Count: 0 } list) faults.At(list, "`rules` must name at least one");
            entry.Close();
            found.Add(new ScopedRules(new DeviceScope(Group: group, Role: role), changes));
        }
        if (found.Count > Most) faults.At(policy.Find("for")!, $"more than {Most} entries of `for`{(inherited.Count > 0 ? ", those that are inherited included" : "")}");
        return found;
    }

    /// <summary>The group that an entry names. Null: none, or it is wrong, which is noted.</summary>
    public static string? Group(YamlMap entry, YamlFaults faults)
    {
        var group = entry.Text("group");
        if (group is null || DeviceScope.IsGroup(group)) return group;
        faults.At(entry.Find("group")!, $"`group` must be small letters, digits and dashes, such as kiosks, and is {YamlMap.Shown(entry.Find("group")!)}");
        return null;
    }

    /// <summary>The role that an entry names. Null: none, or it is wrong, which is noted.</summary>
    public static DeviceRole? Role(YamlMap entry, YamlFaults faults) => entry.Word("role", DeviceRoles.Names) is { } word ? DeviceRoles.Named(word) : null;
}
