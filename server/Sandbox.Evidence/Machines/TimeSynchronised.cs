using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>The clock follows a time server.</summary>
internal sealed record TimeSynchronised : IRule
{
    public const string Rule = "time.synchronised";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.TimeSync;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "the clock follows a time server", fact => Judge(fact.TimeSync));

    private static Opinion Judge(TimeSync fact) => fact switch
    {
        { HasSynchronised: true, Synchronised: true } => new(Verdict.Pass, "it does"),
        { HasSynchronised: true } => new(Verdict.Fail, "it follows none", fact.Services.Count == 0 ? "no service keeps it" : $"{string.Join(", ", fact.Services.Select(one => one.Name))} should"),
        _ => new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen)),
    };
}
