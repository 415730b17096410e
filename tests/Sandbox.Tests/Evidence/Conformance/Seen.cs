using System.Text.Json;
using Sandbox.Agent.Accounts;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.PasswordPolicy;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>What our collectors see in a fixture, and the values that its policy wants.</summary>
internal sealed record Seen(Protocol.PasswordPolicy Policy, Protocol.Accounts Accounts, IReadOnlyDictionary<string, string> Wanted)
{
    public static async Task<Seen> InAsync(string folder, CancellationToken ct)
    {
        var policy = await OneAsync(new LinuxPasswordPolicy(folder), ct);
        var accounts = await OneAsync(new LinuxAccounts(folder), ct);
        await using var meta = File.OpenRead(Path.Combine(folder, "meta.json"));
        using var json = await JsonDocument.ParseAsync(meta, cancellationToken: ct);
        var wanted = json.RootElement.GetProperty("policy_values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.ToString());
        return new Seen(policy.PasswordPolicy, accounts.Accounts, wanted);
    }

    /// <summary>A wanted value by the end of its name.</summary>
    public string Want(string ending) => Wanted.Single(value => value.Key.EndsWith(ending, StringComparison.Ordinal)).Value;

    public long WantNumber(string ending) => long.Parse(Want(ending));

    /// <summary>A setting by name; an empty one when nothing sets it.</summary>
    public ConfiguredSetting Setting(string name) => Policy.Settings.FirstOrDefault(s => s.Name == name) ?? new ConfiguredSetting { Name = name };

    /// <summary>Every place that sets it says something that is right, and there is one: how ComplianceAsCode takes conflicts.</summary>
    public bool Everywhere(string setting, Predicate<long> right) =>
        Setting(setting).Definitions is { Count: > 0 } definitions
        && definitions.All(definition => long.TryParse(definition.Value, out var number) && right(number));

    /// <summary>The last place that sets it says something that is right, and there is one.</summary>
    public bool InForce(string setting, Predicate<long> right) =>
        Setting(setting) is { HasEffective: true, Definitions.Count: > 0 } found && long.TryParse(found.Effective, out var number) && right(number);

    private static async Task<Fact> OneAsync(ICollector collector, CancellationToken ct) => Assert.Single(await collector.CollectAsync(ct));
}
