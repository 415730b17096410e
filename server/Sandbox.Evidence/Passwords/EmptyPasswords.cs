using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Passwords;

/// <summary>No account may be open to everybody.</summary>
internal sealed record EmptyPasswords : IRule
{
    /// <summary>The rule's id.</summary>
    public const string Rule = "account.empty_password";

    private const int MostNamed = 5;

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        var judgement = OnFact.Judge(facts, Reads, Rule, "no account without a password", fact => Judge(fact.Accounts));
        return judgement with { Findings = [.. judgement.Findings.Select(finding => finding with { Severity = Severity.High })] };
    }

    private static Opinion Judge(Accounts accounts)
    {
        var open = accounts.Accounts_.Where(a => a.PasswordState == PasswordState.Empty).Select(a => a.Name).ToList();
        if (open.Count > 0) return new(Verdict.Fail, $"{open.Count} without: {Names(open)}");
        if (accounts.Accounts_.Count == 0) return new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));
        // An account that /etc/shadow does not know has no password that could match; that is not an empty one.
        return accounts.Accounts_.Any(account => !account.HasPasswordState) && UnseenWords.Of(accounts.Unseen, "/etc/shadow") is { } reason
            ? new(Verdict.Unknown, Reason: reason)
            : new(Verdict.Pass, "none without");
    }

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
