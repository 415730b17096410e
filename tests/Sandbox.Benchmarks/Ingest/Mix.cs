using Sandbox.Protocol;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>
/// What the reports of one device say: the first one everything, then of 20 reports 19 that no rule reads (in turns the agent's own figures, which
/// are new each time, and "read again, the same"), and one with a changed password policy. Every second change turns a verdict.
/// </summary>
internal sealed class Mix(int device)
{
    private const int OneChangeIn = 20;

    private static readonly uint[] Unchanged =
        [Fact.HardwareFieldNumber, Fact.OperatingSystemFieldNumber, Fact.SoftwareFieldNumber, Fact.NetworkInterfacesFieldNumber, Fact.AccountsFieldNumber];

    // So that a fact need not be built for every report; a real agent's takes the same bytes.
    private static readonly Fact[] Policies =
        [SampleFacts.Policy(14, 90), SampleFacts.Policy(14, 91), SampleFacts.Policy(8, 90), SampleFacts.Policy(8, 91)];

    private readonly Fact _health = SampleFacts.Health(TimeProvider.System.GetUtcNow());
    private int _reports = device % OneChangeIn;
    private int _changes;
    private bool _began;

    /// <summary>Puts the facts of the next report into it; whether one of them is a change and not a sample.</summary>
    public bool Fill(Report report)
    {
        report.Facts.Clear();
        report.Unchanged.Clear();
        if (!_began)
        {
            _began = true;
            report.Facts.AddRange(SampleFacts.All(TimeProvider.System.GetUtcNow()));
            return true;
        }
        var turn = _reports++ % OneChangeIn;
        if (turn == 0)
        {
            report.Facts.Add(Policies[++_changes % Policies.Length]);
            return true;
        }
        if (turn % 2 == 0)
        {
            report.Unchanged.AddRange(Unchanged);
            return false;
        }
        _health.AgentHealth.CpuSeconds += 0.01;
        _health.AgentHealth.ResidentBytes += 4096;
        report.Facts.Add(_health);
        return false;
    }
}
