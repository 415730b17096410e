using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>A malware scanner runs, and calls its own state valid.</summary>
internal sealed record ScannerRuns : IRule
{
    public const string Rule = "av.running";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Antivirus;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "a malware scanner runs",
        fact => Scanners.On(fact.Antivirus, one => one.HasRunning ? one.Running : null, "runs", "does not run", "does not say whether it runs"));
}
