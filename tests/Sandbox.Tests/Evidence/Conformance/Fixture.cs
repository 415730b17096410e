using System.Globalization;
using System.Text.Json;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>One tree with what OpenSCAP says of it.</summary>
/// <param name="Name"><c>rule/scenario</c>.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Passes">The expected verdict.</param>
/// <param name="Values">The parameters of ComplianceAsCode's policy.</param>
internal sealed record Fixture(string Name, string Folder, bool Passes, FixtureValues Values)
{
    /// <summary>ComplianceAsCode's rule.</summary>
    public string Rule => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    public static Fixture Read(string folder)
    {
        var name = $"{Path.GetFileName(Path.GetDirectoryName(folder))}/{Path.GetFileName(folder)}";
        var expected = File.ReadAllText(Path.Combine(folder, "expected")).Trim();
        using var meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json")));
        var values = meta.RootElement.GetProperty("policy_values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ToString());
        return new Fixture(name, folder, expected == "pass", new FixtureValues(values));
    }
}

/// <summary>The parameters of a fixture.</summary>
internal sealed class FixtureValues(IReadOnlyDictionary<string, string> all)
{
    /// <summary>What was asked for and is not there, or is no number. Null: nothing.</summary>
    public string? Missing { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool Has(string ending) => all.Keys.Any(name => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>One by the end of its name.</summary>
    public string this[string ending]
    {
        get
        {
            if (all.FirstOrDefault(value => value.Key.EndsWith(ending, StringComparison.Ordinal)).Value is { } found) return found;
            Missing = $"no parameter is called {ending}; there are: {string.Join(", ", all.Keys)}";
            return "";
        }
    }

    /// <summary>The number of one.</summary>
    public long Number(string ending)
    {
        if (long.TryParse(this[ending], CultureInfo.InvariantCulture, out var number)) return number;
        Missing ??= $"{ending} is no number: {this[ending]}";
        return 0;
    }

    /// <summary>The words of one, which bars or commas keep apart.</summary>
    public string[] Words(string ending) => this[ending].Split('|', ',');
}
