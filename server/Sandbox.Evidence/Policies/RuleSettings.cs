using Sandbox.Evidence.Settings;

namespace Sandbox.Evidence.Policies;

/// <summary>One rule of a policy, as it is written there.</summary>
/// <param name="Rule">Id of one of the <see cref="RuleKinds"/>.</param>
/// <param name="Expect">What it demands.</param>
/// <param name="Severity">How much a failure matters.</param>
/// <param name="GraceDays">Days after a due day during which what is overdue still passes.</param>
internal sealed record RuleSettings(string Rule, Expectation Expect, Severity Severity, long GraceDays = 0)
{
    /// <summary>How the places that set something are taken.</summary>
    public Strictness Strictness { get; init; } = Strictness.None;

    /// <summary>Whose ageing is asked for.</summary>
    public AgeScope Scope { get; init; } = AgeScope.Everybody;

    /// <summary>The smallest number that is demanded. Null: that side is open.</summary>
    public long? Least => Expect is Expectation.Within within ? within.Least : null;

    /// <summary>The greatest number that is demanded. Null: that side is open.</summary>
    public long? Most => Expect is Expectation.Within within ? within.Most : null;

    /// <summary>The words that are demanded; none where it is something else.</summary>
    public IReadOnlyList<string> Words => Expect is Expectation.OneOf oneOf ? oneOf.Words : [];
}

/// <summary>Whose ageing a rule asks for.</summary>
[Flags]
internal enum AgeScope
{
    /// <summary>What accounts get that are made from now on.</summary>
    NewAccounts = 1,

    /// <summary>Each account of a person that there is.</summary>
    Accounts = 2,

    /// <summary>Both.</summary>
    Everybody = NewAccounts | Accounts,
}
