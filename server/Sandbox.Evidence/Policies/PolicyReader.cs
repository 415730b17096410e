using System.Text.RegularExpressions;
using Sandbox.Evidence.Policies.Yaml;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads a policy from YAML.</summary>
public static partial class PolicyReader
{
    private const int Schema = 1;

    /// <summary>Reads a policy.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="extends">Finds a policy by the name that another extends. Null: the profiles that come with Sandbox.</param>
    public static PolicyReading Read(string text, Func<string, Policy?>? extends = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var faults = new YamlFaults();
        var policy = YamlText.Root(text, faults) is { } root && YamlMap.Of(root, "a policy", faults) is { } map ? Of(map, extends ?? PolicyProfiles.Find, faults) : null;
        return new PolicyReading(faults.Any ? null : policy, faults.InOrder);
    }

    private static Policy? Of(YamlMap map, Func<string, Policy?> extends, YamlFaults faults)
    {
        var schema = map.Number("schema", Schema, Schema, required: true);
        var id = map.Text("id", required: true);
        var version = map.Number("version", 1, int.MaxValue, required: true);
        var title = map.Text("title", required: true);
        var (source, note) = (map.Text("source"), map.Text("note"));
        var extended = map.Text("extends");
        var parent = extended is null ? null : Parent(map, extended, extends, faults);
        var written = RuleReader.Read(map, parent?.Settings ?? [], parent?.Scoped ?? [], ofSome: false, faults);
        var rules = RuleChange.All(parent?.Settings ?? [], written);
        var scoped = ScopeReader.Read(map, rules, parent?.Scoped ?? [], faults);
        var exemptions = ExemptionReader.Read(map, parent is null && extended is not null ? null : [.. rules.Select(one => one.Rule), .. written.Concat(scoped.SelectMany(one => one.Changes)).Where(one => !one.IsOff).Select(one => one.Kind.Id)], faults);
        map.Close();
        if (id is not null && !Name().IsMatch(id)) faults.At(map.Find("id")!, $"`id` must be small letters, digits and dashes, such as lab-default, and is {YamlMap.Shown(map.Find("id")!)}");
        if (rules.Count + scoped.Count == 0 && !faults.Any) map.Missing("rules");
        if (schema is null || id is null || version is null || title is null) return null;
        return new Policy(id, (int)version, title, rules, scoped) { Source = source, Note = note, Extends = parent?.Name, Exemptions = [.. parent?.Exemptions ?? [], .. exemptions] };
    }

    private static Policy? Parent(YamlMap map, string name, Func<string, Policy?> extends, YamlFaults faults)
    {
        if (extends(name) is { } parent) return parent;
        faults.At(map.Find("extends")!, $"there is no policy {YamlMap.Shown(map.Find("extends")!)} to extend; known: {string.Join(", ", PolicyProfiles.Ids)}");
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex Name();
}
