using Sandbox.Evidence.Passwords;
using Sandbox.Evidence.Settings;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>A number of days that new accounts are given, and that each account has.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="What">In words: <c>days of warning</c>.</param>
/// <param name="Source">Where it stands what new accounts are given.</param>
/// <param name="Setting">Its name there.</param>
/// <param name="Of">What an account has. Null: none is set.</param>
internal sealed record DaysRule(string Rule, string What, PasswordSettings Source, string Setting, Func<Account, long?> Of)
{
    /// <summary>The rules of a policy's entry.</summary>
    public IReadOnlyList<IRule> Make(RuleSettings rule, NumberDemand bounds)
    {
        // A number below 0 is none: -1 is "never" to useradd and chage.
        var days = bounds with { Least = bounds.Least ?? 0 };
        var asked = new List<IRule>();
        if (rule.Scope.HasFlag(AgeScope.NewAccounts)) asked.Add(new SettingRule(Rule, Source, Setting, Setting[(Setting.LastIndexOf('.') + 1)..], days, rule.Strictness));
        if (rule.Scope.HasFlag(AgeScope.Accounts)) asked.Add(Existing(days));
        return asked;
    }

    /// <summary>The rule on each account that there is.</summary>
    public AccountDays Existing(NumberDemand days) => new(Rule, new DaysWithin(What, Of, days));
}
