using Sandbox.Agent.Accounts;
using Sandbox.Agent.AdminRights;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall;
using Sandbox.Agent.PasswordPolicy;
using Sandbox.Agent.RemoteAccess;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>What we say of a fixture.</summary>
/// <param name="Fixture">The fixture.</param>
/// <param name="Findings">What the policy found; nothing where there is none.</param>
internal sealed record Judged(Fixture Fixture, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether one of our rules asks for what the fixture's does.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Why its parameters make no policy. Null: they do.</summary>
    public string? NoPolicy { get; init; }

    /// <summary>
    /// Whether both say the same. OpenSCAP has two words. What cannot be evaluated (a value that means nothing) is a failure there, and what does not concern
    /// a subject is no failure; what we do not know is neither, and never agrees.
    /// </summary>
    public bool Agrees => IsKnown && NoPolicy is null && Findings.All(one => one.Verdict != Verdict.Unknown) && Fixture.Passes == Findings.All(one => one.Verdict is Verdict.Pass or Verdict.NotApplicable);

    /// <summary>The way of the product: the agent's collectors on the tree, a policy in YAML, the verdicts of its rules.</summary>
    public static async Task<Judged> OfAsync(Fixture fixture, CancellationToken ct)
    {
        if (!CacRules.Knows(fixture.Rule)) return new Judged(fixture, []) { IsKnown = false };
        var text = CacRules.Policy(fixture.Rule, fixture.Values);
        if (fixture.Values.Missing is { } missing) return new Judged(fixture, []) { NoPolicy = missing };
        var reading = PolicyReader.Read(text);
        if (reading.Policy is not { } policy) return new Judged(fixture, []) { NoPolicy = string.Join("; ", reading.Faults) };
        using var machine = LaidTree.Of(fixture.Folder);
        var facts = new DeviceFacts();
        foreach (var collector in (ICollector[])[new LinuxAccounts(machine.Root), new LinuxPasswordPolicy(machine.Root), new LinuxAdminRights(machine.Root), new LinuxRemoteAccess(machine.Root), new LinuxFirewall(machine.Root)])
        {
            foreach (var fact in await collector.CollectAsync(ct)) facts.Put(new ReportedFact(fact, 1, Reported.Now, Reported.Now));
        }
        return new Judged(fixture, policy.Judge(facts, Reported.Now).Findings);
    }

    /// <summary>What we say, in a line.</summary>
    public override string ToString() => $"{Fixture.Name}: expected {(Fixture.Passes ? "pass" : "fail")}, ours {Ours()}";

    private string Ours() => NoPolicy ?? string.Join("; ", Findings.Select(one => $"{one.Verdict} of {one.Rule} {one.Subject} {one.Observed} ({one.Reason})"));
}
