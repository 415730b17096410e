using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>
/// No password may have been changed on a day that is still to come, which would put off the next change: neither by the clock of the device nor by the
/// server's. Accounts without a password are no matter.
/// </summary>
internal sealed record ChangedInFuture : IRule
{
    public const string Rule = "account.change_in_future";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        var read = facts[Reads]?.VerifiedAt is { } verified && verified > now ? verified : now;
        return OnFact.Judge(facts, Reads, Rule, "no password changed on a day to come", fact => Judge(fact.Accounts, Day.Of(read)));
    }

    private static (Opinion, DateTimeOffset?) Judge(Accounts accounts, long today)
    {
        if (accounts.Accounts_.Count == 0) return (new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen)), null);
        var ahead = accounts.Accounts_.Where(one => one.HasLastChangeDay && one.LastChangeDay > today && one.PasswordState is PasswordState.Set or PasswordState.Empty).ToList();
        if (ahead.Count > 0)
            return (new(Verdict.Fail, OnAccounts.Names([.. ahead.Select(one => $"{one.Name} on {Day.Words(one.LastChangeDay)}")])), Day.Start(ahead.Min(one => one.LastChangeDay)));
        return (UnseenWords.Of(accounts.Unseen, "/etc/shadow") is { } reason ? new(Verdict.Unknown, Reason: reason) : new(Verdict.Pass, "none"), null);
    }
}
