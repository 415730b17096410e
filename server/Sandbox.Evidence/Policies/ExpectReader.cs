using Sandbox.Evidence.Policies.Yaml;
using Sandbox.Evidence.Settings;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads <c>expect: { op: between, min: 1, max: 180 }</c>.</summary>
internal static class ExpectReader
{
    public const string Between = "between";
    public const string AtLeast = ">=";
    public const string AtMost = "<=";
    public const string In = "in";
    public const string Eq = "eq";
    public const string Count = "count";
    public const string Unlimited = "unlimited";
    public const string NoLooser = "no_looser";
    public const string Only = "only";
    public const string Holds = "holds";
    public const string Registered = "registered";
    public const string AsRoles = "as_roles";

    // The twelve of chmod(1).
    private const uint AllBits = 0xFFF;

    /// <summary>Takes an inherited rule out.</summary>
    public const string Ignore = "ignore";

    /// <summary>What is demanded. Null: the rule is not asked at all, or something is wrong, which is noted.</summary>
    public static Expectation? Read(YamlNode node, RuleDemand demand, YamlFaults faults, out bool ignored)
    {
        ignored = false;
        if (YamlMap.Of(node, "`expect`", faults) is not { } map) return null;
        var op = map.Word("op", [.. demand.Operators, Ignore], required: true);
        ignored = op == Ignore;
        Expectation? expectation = op switch
        {
            Between => Bounds(map, demand, faults),
            AtLeast => map.Number("value", demand.Least, demand.Most, required: true) is { } least ? new Expectation.Within(least, null) : null,
            AtMost or Count => map.Number("value", demand.Least, demand.Most, required: true) is { } most ? new Expectation.Within(null, most) : null,
            In or Only or Holds => Words(map, demand, faults),
            NoLooser => Bits(map, faults),
            Registered => RegisterReader.Read(map, faults),
            AsRoles => MatrixReader.Read(map, faults),
            Eq => Flag(map, faults),
            Unlimited => new Expectation.Unlimited(),
            _ => null,
        };
        // Which keys there may be depends on the operator.
        if (op is not null) map.Close();
        return expectation;
    }

    private static Expectation.Within? Bounds(YamlMap map, RuleDemand demand, YamlFaults faults)
    {
        if ((map.Number("min", demand.Least, demand.Most, required: true), map.Number("max", demand.Least, demand.Most, required: true)) is not ({ } least, { } most)) return null;
        if (least <= most) return new Expectation.Within(least, most);
        faults.At(map.Find("min")!, $"`min` is greater than `max`: nothing is between {least} and {most}");
        return null;
    }

    private static Expectation.OneOf? Words(YamlMap map, RuleDemand demand, YamlFaults faults)
    {
        var words = map.Texts("values");
        foreach (var node in map.List("values").OfType<YamlScalarNode>().Where(node => demand.Words.Count > 0 && !demand.Words.Contains(node.Value)))
            faults.At(node, $"{YamlMap.Shown(node)} is none of {string.Join(", ", demand.Words)}");
        if (words.Count > 0) return new Expectation.OneOf(words);
        if (map.Find("values") is null) map.Missing("values");
        else faults.At(map.Find("values")!, "`values` must name at least one");
        return null;
    }

    private static Expectation.Bits? Bits(YamlMap map, YamlFaults faults)
    {
        if (map.Text("value", required: true) is not { } text) return null;
        if (Octal.Read(text) is { } bits and <= AllBits) return new Expectation.Bits(bits);
        faults.At(map.Find("value")!, $"`value` must be bits in octal such as 0640 or 027, and is {YamlMap.Shown(map.Find("value")!)}");
        return null;
    }

    private static Expectation.Is? Flag(YamlMap map, YamlFaults faults)
    {
        if (map.Find("value") is null) map.Missing("value");
        if (map.Switch("value") is not { } value) return null;
        if (!value) faults.At(map.Find("value")!, "`value` must be true: what is not demanded is left out, or inherited and ignored");
        return new Expectation.Is(value);
    }
}
