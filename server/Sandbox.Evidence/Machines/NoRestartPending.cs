using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>No installed update waits for a restart: until then the old program runs.</summary>
internal sealed record NoRestartPending : IRule
{
    public const string Rule = "updates.in_force";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.OperatingSystem;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "no update waits for a restart", fact => Judge(fact.OperatingSystem));

    private static Opinion Judge(Protocol.OperatingSystem fact) => fact switch
    {
        { HasRestartRequired: true, RestartRequired: true } => new(Verdict.Fail, "a restart is asked for"),
        { HasRestartRequired: true } => new(Verdict.Pass, "none does"),
        _ => new(Verdict.Unknown, Reason: "this system keeps no mark of it; on Debian and Ubuntu the package unattended-upgrades does"),
    };
}
