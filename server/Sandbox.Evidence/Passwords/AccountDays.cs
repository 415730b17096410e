using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>What else the ageing of each local person's password is set to: one finding for each account.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Demand">What is demanded of each.</param>
internal sealed record AccountDays(string Rule, AgeDemand Demand) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => EachAccount.Judge(facts, now, Rule, Demand);
}
