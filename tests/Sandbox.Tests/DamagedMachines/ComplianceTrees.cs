using System.Globalization;
using System.Runtime.InteropServices;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using Sandbox.Tests.Evidence.Conformance;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>Every tree that ComplianceAsCode's tests leave behind, with the owners and modes that it had there, is read by every collector.</summary>
public sealed partial class ComplianceTrees
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
            using var machine = new MachineFiles();
            Lay(scenario, machine);

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

    // perms.tsv: path, mode, uid, gid; git keeps none of them.
    private static void Lay(string scenario, MachineFiles machine)
    {
        foreach (var line in File.ReadLines(Path.Combine(scenario, "perms.tsv")))
        {
            var fields = line.Split('\t');
            if (fields.Length < 4 || !File.Exists(Path.Combine(scenario, fields[0].TrimStart('/')))) continue;
            var at = machine.At(fields[0].TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            File.Copy(Path.Combine(scenario, fields[0].TrimStart('/')), at);
            if (Environment.IsPrivilegedProcess) Assert.Equal(0, Chown(at, Number(fields[2]), Number(fields[3])));
            if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(at, (UnixFileMode)Convert.ToInt32(fields[1], 8));
        }
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint uid, uint gid);
}
