using Sandbox.Agent.RemoteAccess;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Conformance;

namespace Sandbox.Tests.RemoteWays;

/// <summary>The trees of ComplianceAsCode for sshd: what OpenSCAP said of them follows from our fact alone.</summary>
public sealed class SshdScenarios
{
    private static readonly Dictionary<string, (string Setting, string Wanted)> Rules = new()
    {
        ["sshd_disable_root_login"] = ("PermitRootLogin", "no"), ["sshd_disable_empty_passwords"] = ("PermitEmptyPasswords", "no"),
    };

    public static TheoryData<string> Fixtures()
    {
        var fixtures = new TheoryData<string>();
        foreach (var rule in Rules.Keys.Where(_ => ComplianceData.Folder is not null))
            foreach (var scenario in Directory.EnumerateDirectories(Path.Combine(ComplianceData.Folder!, rule)).Order()) fixtures.Add($"{rule}/{Path.GetFileName(scenario)}");
        if (fixtures.Count == 0) fixtures.Add("");
        return fixtures;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task What_OpenSCAP_says_follows_from_value_origin_and_definitions(string fixture)
    {
        Assert.SkipWhen(fixture.Length == 0, "The fixtures of ComplianceAsCode are not here: put them into ../shared/data/compliance, or say where they are in SANDBOX_DATA.");
        var folder = Path.Combine(ComplianceData.Folder!, fixture);
        var (name, wanted) = Rules[Path.GetDirectoryName(fixture)!];

        var fact = Assert.Single(await new LinuxRemoteAccess(folder).CollectAsync(TestContext.Current.CancellationToken)).RemoteAccess;

        var setting = fact.SshdSettings.Single(setting => setting.Name == name);
        // ComplianceAsCode wants the setting written down, and the same everywhere.
        var passes = setting.Definitions.Count > 0 && setting.Definitions.All(definition => definition.Value == wanted);
        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(folder, "expected"), TestContext.Current.CancellationToken)).Trim(), passes ? "pass" : "fail");
        Assert.Equal(setting.Definitions.Count == 0 ? ConfiguredSetting.Types.Origin.Default : ConfiguredSetting.Types.Origin.File, setting.Origin);
        if (passes) Assert.Equal(wanted, setting.Effective);
    }
}
