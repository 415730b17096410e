using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>A demand on the device's accounts as a whole.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Expected">See <see cref="Finding.Expected"/>.</param>
/// <param name="Judge">The opinion on accounts of which /etc/passwd was read.</param>
internal sealed record OnAccounts(string Rule, string Expected, Func<Accounts, Opinion> Judge) : IRule
{
    private const int MostNamed = 5;

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    Judgement IRule.Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, Expected, fact => Seen(fact.Accounts));

    /// <summary>A few names, and how many there are besides.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");

    private Opinion Seen(Accounts accounts) => accounts.Accounts_.Count == 0 ? new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen)) : Judge(accounts);
}
