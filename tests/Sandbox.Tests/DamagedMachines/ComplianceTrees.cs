using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Conformance;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>Every tree that ComplianceAsCode's tests leave behind, with the owners and modes that it had there, is read by every collector.</summary>
public sealed class ComplianceTrees
{
    public static TheoryData<string> Rules()
    {
        var rules = new TheoryData<string>();
        if (ComplianceData.Folder is { } folder)
            foreach (var rule in Directory.EnumerateDirectories(folder).Order()) rules.Add(Path.GetFileName(rule));
        if (rules.Count == 0) rules.Add("");
        return rules;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Each_scenario_is_read_without_a_failure_with_effective_value_origin_and_definitions(string rule)
    {
        Assert.SkipWhen(
            rule.Length == 0,
            "The fixtures of ComplianceAsCode are not here: put them into ../shared/data/compliance, or say where they are in SANDBOX_DATA.");
        foreach (var scenario in Directory.EnumerateDirectories(Path.Combine(ComplianceData.Folder!, rule)).Order())
        {
            using var machine = LaidTree.Of(scenario);

            var runs = await Collected.FromAsync(machine.Root, TestContext.Current.CancellationToken);

            Assert.All(runs, ended => Assert.True(
                ended.Run.State is CollectorHealth.Types.State.Ok or CollectorHealth.Types.State.Partial, $"{scenario}: {ended.Name} {ended.Run.State}, {ended.Run.Message}"));
            var policy = runs.Single(ended => ended.Name == "password-policy").Run.Facts.Single().PasswordPolicy;
            Assert.All(policy.Settings, setting => Shape(setting, scenario));
            Assert.All(policy.PamLines, line => Assert.True(line is { Line: > 0, Module.Length: > 0 } && line.Path.StartsWith("/etc/pam.d/", StringComparison.Ordinal), scenario));
        }
    }

    private static void Shape(ConfiguredSetting setting, string scenario)
    {
        Assert.All(setting.Definitions, definition => Assert.True(definition.Line > 0 && definition.Path.StartsWith('/'), $"{scenario}: {setting}"));
        if (setting.Origin == ConfiguredSetting.Types.Origin.Default) return;
        Assert.True(setting.Definitions.Count > 0, $"{scenario}: {setting} is set nowhere");
    }
}
