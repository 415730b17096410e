using Sandbox.Evidence.Settings;

namespace Sandbox.Evidence.Policies;

/// <summary>An entry of <c>rules</c>: adds a rule, or changes what was known of it before. What is null stays as it was.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Expect">What it demands.</param>
internal sealed record RuleChange(RuleKind Kind, Expectation? Expect)
{
    /// <summary>The rule is not asked.</summary>
    public bool IsOff { get; init; }

    /// <summary>How much a failure matters.</summary>
    public Severity? Severity { get; init; }

    /// <summary>See <see cref="RuleSettings.GraceDays"/>.</summary>
    public long? GraceDays { get; init; }

    /// <summary>See <see cref="Strictness"/>.</summary>
    public bool? Configured { get; init; }

    /// <summary>See <see cref="Strictness"/>.</summary>
    public bool? Conflicts { get; init; }

    /// <summary>See <see cref="Strictness"/>.</summary>
    public bool? Explicit { get; init; }

    /// <summary>Whose ageing is asked for.</summary>
    public AgeScope? Scope { get; init; }

    /// <summary>The rule as it is from here on. Null: it is not asked, or it is not known what it demands.</summary>
    /// <param name="before">As it was. Null: it was not asked.</param>
    public RuleSettings? Over(RuleSettings? before)
    {
        if (IsOff || (Expect ?? before?.Expect) is not { } expect) return null;
        var strictness = before?.Strictness ?? Strictness.None;
        return new RuleSettings(Kind.Id, expect, Severity ?? before?.Severity ?? Kind.Severity, GraceDays ?? before?.GraceDays ?? 0)
        {
            Strictness = new Strictness(Configured ?? strictness.Configured, Conflicts ?? strictness.Conflicts, Explicit ?? strictness.Explicit),
            Scope = Scope ?? before?.Scope ?? AgeScope.Everybody,
        };
    }

    /// <summary>Rules with changes made one after the other; what is new comes last.</summary>
    public static IReadOnlyList<RuleSettings> All(IEnumerable<RuleSettings> before, IEnumerable<RuleChange> changes)
    {
        var rules = before.ToList();
        foreach (var change in changes)
        {
            var at = rules.FindIndex(rule => rule.Rule == change.Kind.Id);
            var after = change.Over(at < 0 ? null : rules[at]);
            if (at >= 0 && after is not null) rules[at] = after;
            else if (after is not null) rules.Add(after);
            else if (at >= 0) rules.RemoveAt(at);
        }
        return rules;
    }
}
