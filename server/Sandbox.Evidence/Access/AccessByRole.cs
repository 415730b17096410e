using Sandbox.Evidence.LocalAccounts;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Access;

/// <summary>In each group that the matrix of roles names are those whose role asks for it, as far as they have an account on the device, and nobody else: one finding for each group.</summary>
/// <param name="Roles">The matrix.</param>
internal sealed record AccessByRole(IReadOnlyList<JobRole> Roles) : IRule
{
    public const string Rule = "access.by_role";

    /// <summary>The groups that it names.</summary>
    public IReadOnlyList<string> Groups { get; } = [.. Roles.SelectMany(role => role.Groups).Distinct()];

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    /// <summary>Whether somebody's role asks for a group.</summary>
    public bool Asks(string account, string group) => Roles.Any(role => role.Groups.Contains(group) && role.Accounts.Contains(account));

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => new(
        [.. Groups.Select(group => OnFact.Judge(facts, Reads, Rule, Expected(group), fact => Judge(fact.Accounts, group)).Findings[0] with { Subject = group })], null);

    /// <summary>The opinion on one group.</summary>
    public Opinion Judge(Accounts accounts, string group)
    {
        if (GroupMembers.Of(accounts, group, out var hidden) is not { } members) return new Opinion(Verdict.Unknown, Reason: hidden);
        var asked = accounts.Accounts_.Select(one => one.Name).Where(name => Asks(name, group)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (members.Names is null)
            return asked.Count == 0
                ? new Opinion(Verdict.NotApplicable, Reason: "there is no such group, and nobody whose role asks for it has an account")
                : new Opinion(Verdict.Fail, "no such group", $"the role of {Listed(asked)} asks for it");
        var (excess, missing) = (members.Names.Where(name => !Asks(name, group)).ToList(), asked.Where(name => !members.Has(name)).ToList());
        var observed = members.Names.Count == 0 ? "nobody" : Listed(members.Names);
        if (excess.Count + missing.Count == 0) return new Opinion(Verdict.Pass, observed);
        var wrong = new List<string>();
        if (excess.Count > 0) wrong.Add($"no role asks for {Listed(excess)} in it");
        if (missing.Count > 0) wrong.Add($"the role of {Listed(missing)} asks for it");
        return new Opinion(Verdict.Fail, observed, string.Join("; ", wrong));
    }

    private string Expected(string group)
    {
        var asking = Roles.Where(role => role.Groups.Contains(group)).Select(role => role.Accounts.Count == 0 ? $"nobody ({role.Name})" : $"{Listed(role.Accounts)} ({role.Name})");
        return $"in the group {group}, of those who have an account: {string.Join(", ", asking)}; nobody else";
    }

    private static string Listed(IReadOnlyList<string> names) => OnAccounts.Names(names);
}
