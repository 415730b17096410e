using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>How old the password of each local person may be: one finding for each account.</summary>
/// <param name="Demand">What is demanded of each.</param>
internal sealed record AccountMaxAge(AgeDemand Demand) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => EachAccount.Judge(facts, now, DefaultMaxAge.Rule, Demand);

    /// <summary>The opinion on one account, and the next instant at which time alone changes it.</summary>
    public (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, Accounts all, DateTimeOffset now) => EachAccount.Judge(account, all, now, Demand);
}
