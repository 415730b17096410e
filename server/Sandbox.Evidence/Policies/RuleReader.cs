using Sandbox.Evidence.Policies.Yaml;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads the entries of <c>rules</c>: each adds a rule, or changes what was inherited of it.</summary>
internal static class RuleReader
{
    private const long LongestGrace = 365;
    private static readonly string[] Severities = ["low", "medium", "high"];

    /// <summary>The rules, those inherited first, in their order.</summary>
    public static IReadOnlyList<RuleSettings> Read(YamlMap policy, IReadOnlyList<RuleSettings> inherited, YamlFaults faults)
    {
        var rules = inherited.ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in policy.List("rules"))
        {
            if (YamlMap.Of(node, "an entry of `rules`", faults) is not { } entry) continue;
            if (entry.Text("id", required: true) is not { } id) continue;
            if (RuleKinds.Find(id) is not { } kind) faults.At(entry.Find("id")!, $"{YamlMap.Shown(entry.Find("id")!)} is no rule; known: {string.Join(", ", RuleKinds.Ids)}");
            else if (!seen.Add(id)) faults.At(entry.Find("id")!, $"`{id}` stands here twice");
            else Take(entry, kind, rules, faults);
        }
        return rules;
    }

    private static void Take(YamlMap entry, RuleKind kind, List<RuleSettings> rules, YamlFaults faults)
    {
        var at = rules.FindIndex(rule => rule.Rule == kind.Id);
        var before = at < 0 ? null : rules[at];
        var expect = before?.Expect;
        var ignored = false;
        if (entry.Find("expect") is { } node) expect = ExpectReader.Read(node, kind.Demand, faults, out ignored);
        else if (before is null) entry.Missing("expect");
        var severity = entry.Word("severity", Severities);
        var grace = kind.HasGrace ? entry.Number("grace_days", 0, LongestGrace) : null;
        var strictness = PlacesReader.Strictness(entry, kind, before?.Strictness);
        var scope = kind.HasScope ? PlacesReader.Scope(entry, faults) : null;
        entry.Close();
        if (ignored && at < 0) faults.At(entry.Find("expect")!, $"`{kind.Id}` is inherited from nowhere, so there is nothing to ignore");
        if (at >= 0 && ignored) rules.RemoveAt(at);
        if (ignored || expect is null) return;
        var rule = new RuleSettings(kind.Id, expect, severity is null ? before?.Severity ?? kind.Severity : (Severity)Array.IndexOf(Severities, severity), grace ?? before?.GraceDays ?? 0)
        {
            Strictness = strictness,
            Scope = scope ?? before?.Scope ?? AgeScope.Everybody,
        };
        if (at >= 0) rules[at] = rule;
        else rules.Add(rule);
    }
}
