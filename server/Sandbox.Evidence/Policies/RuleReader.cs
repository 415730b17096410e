using Sandbox.Evidence.Policies.Yaml;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads the entries of <c>rules</c>: each adds a rule, or changes what was known of it before.</summary>
internal static class RuleReader
{
    private const long LongestGrace = 365;
    private static readonly string[] Severities = ["low", "medium", "high"];

    /// <summary>What they change, in their order.</summary>
    /// <param name="map">What holds the list.</param>
    /// <param name="before">Rules that are there in any case.</param>
    /// <param name="scoped">What some devices are asked besides.</param>
    /// <param name="ofSome">They are for some devices themselves, which may be those of <paramref name="scoped"/>.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static IReadOnlyList<RuleChange> Read(YamlMap map, IReadOnlyList<RuleSettings> before, IReadOnlyList<ScopedRules> scoped, bool ofSome, YamlFaults faults)
    {
        var changes = new List<RuleChange>();
        foreach (var node in map.List("rules"))
        {
            if (YamlMap.Of(node, "an entry of `rules`", faults) is not { } entry) continue;
            if (entry.Text("id", required: true) is not { } id) continue;
            if (RuleKinds.Find(id) is not { } kind) faults.At(entry.Find("id")!, $"{YamlMap.Shown(entry.Find("id")!)} is no rule; the nearest is {RuleKinds.Nearest(id)}, and `sandbox-server policy rules` lists all");
            else if (changes.Exists(one => one.Kind == kind)) faults.At(entry.Find("id")!, $"`{id}` stands here twice");
            else changes.Add(Change(entry, kind, before.Any(rule => rule.Rule == id), [.. scoped.Where(one => one.Changes.Any(change => change.Kind == kind)).Select(one => one.Scope.Words).Distinct()], ofSome, faults));
        }
        return changes;
    }

    private static RuleChange Change(YamlMap entry, RuleKind kind, bool isThere, IReadOnlyList<string> askedOf, bool ofSome, YamlFaults faults)
    {
        var ignored = false;
        var expect = entry.Find("expect") is { } node ? ExpectReader.Read(node, kind.Demand, faults, out ignored) : null;
        if (entry.Find("expect") is null && !isThere) entry.Missing("expect");
        if (ignored && !isThere && !(ofSome && askedOf.Count > 0))
            faults.At(entry.Find("expect")!, askedOf.Count > 0 ? $"`{kind.Id}` is asked only of {string.Join(" and ", askedOf)}: ignore it in an entry of `for`" : $"`{kind.Id}` is asked of nobody, so there is nothing to ignore");
        var severity = entry.Word("severity", Severities);
        var change = PlacesReader.Read(entry, new RuleChange(kind, expect)
        {
            IsOff = ignored,
            Severity = severity is null ? null : (Severity)Array.IndexOf(Severities, severity),
            GraceDays = kind.HasGrace ? entry.Number("grace_days", 0, LongestGrace) : null,
        }, faults);
        entry.Close();
        return change;
    }
}
