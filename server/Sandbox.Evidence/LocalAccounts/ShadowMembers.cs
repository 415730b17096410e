using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>Nobody may be in the group shadow, which can read every hash.</summary>
internal static class ShadowMembers
{
    public const string Rule = "account.shadow_members";

    public static OnAccounts Make() => new(Rule, "nobody in the group shadow", Judge);

    private static Opinion Judge(Accounts accounts)
    {
        if (accounts.Groups.Count == 0) return new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));
        if (accounts.Groups.FirstOrDefault(group => group.Name == "shadow") is not { } shadow) return new(Verdict.NotApplicable, Reason: "there is no such group");
        List<string> inside = [.. shadow.Members.Concat(accounts.Accounts_.Where(account => account.HasGid && account.Gid == shadow.Gid).Select(account => account.Name)).Distinct()];
        return inside.Count == 0 ? new(Verdict.Pass, "nobody") : new(Verdict.Fail, OnAccounts.Names(inside));
    }
}
