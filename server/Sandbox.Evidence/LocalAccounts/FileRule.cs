using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>A demand on who may read and change one of the files of accounts.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Path">The file, with a leading slash.</param>
/// <param name="Expected">See <see cref="Finding.Expected"/>.</param>
/// <param name="Judge">The opinion on its owner and mode.</param>
internal sealed record FileRule(string Rule, string Path, string Expected, Func<FileRights, Accounts, Opinion> Judge) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    Judgement IRule.Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, $"{Path}: {Expected}", fact => Of(fact.Accounts));

    private Opinion Of(Accounts accounts)
    {
        if (accounts.Files.FirstOrDefault(one => one.Path == Path) is { } file) return Judge(file, accounts);
        if (UnseenWords.Of(accounts.Unseen, Path) is { } reason) return new(Verdict.Unknown, Reason: reason);
        return accounts.Files.Count > 0 ? new(Verdict.NotApplicable, Reason: "there is no such file") : new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));
    }
}
