using Sandbox.Evidence.Licences;
using Sandbox.Evidence.Machines;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on what protects a machine, and on what is installed there.</summary>
internal static class MachineKinds
{
    private const long MostHours = 24 * 366;

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(ScannerRuns.Rule, Severity.High, RuleDemand.Switch, _ => [new ScannerRuns()]),
        new(RealTimeScanning.Rule, Severity.Medium, RuleDemand.Switch, _ => [new RealTimeScanning()]),
        new(SignatureAge.Rule, Severity.High, RuleDemand.Number(1, MostHours, AtMost), rule => [new SignatureAge(rule.Most!.Value)]),
        new(FirewallActive.Rule, Severity.High, RuleDemand.Switch, _ => [new FirewallActive()]),
        new(FrontEndEnabled.Rule, Severity.Low, RuleDemand.Word("ufw", "firewalld", "nftables", "netfilter-persistent", "iptables"), rule => [new FrontEndEnabled(rule.Words)]),
        new(RootVolumeEncrypted.Rule, Severity.Medium, RuleDemand.Switch, _ => [new RootVolumeEncrypted()]),
        new(BackupAge.Rule, Severity.Medium, RuleDemand.Number(1, MostHours, AtMost), rule => [new BackupAge(rule.Most!.Value)]),
        new(NoRestartPending.Rule, Severity.Low, RuleDemand.Switch, _ => [new NoRestartPending()]),
        new(LastUpdate.Rule, Severity.Low, RuleDemand.Number(1, 366, AtMost), rule => [new LastUpdate(rule.Most!.Value)]),
        new(LicenceRegister.Rule, Severity.Medium, RuleDemand.Register, rule => [new LicenceRegister(((Expectation.Register)rule.Expect).Products)]),
        new(TimeSynchronised.Rule, Severity.Medium, RuleDemand.Switch, _ => [new TimeSynchronised()]),
    ];
}
