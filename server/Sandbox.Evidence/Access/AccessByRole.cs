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
    public bool Asks(string account, string group) => Asking(account, group).Any();

    /// <summary>The roles of somebody that ask for a group.</summary>
    public IEnumerable<string> Asking(string account, string group) => Roles.Where(role => role.Groups.Contains(group) && role.Accounts.Contains(account)).Select(role => role.Name);

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => new([.. Groups.Select(group => Judge(facts, group))], null);

    /// <summary>The finding of one group.</summary>
    public Finding Judge(DeviceFacts facts, string group) => OnFact.Judge(facts, Reads, Rule, Expected(group), fact => Judge(fact.Accounts, group)).Findings[0] with { Subject = group };

    private Opinion Judge(Accounts accounts, string group)
    {
        if (GroupMembers.Of(accounts, group, out var hidden) is not { } members) return new Opinion(Verdict.Unknown, Reason: hidden);
        var asked = members.Accounts.Where(name => Asks(name, group)).ToList();
        var (excess, missing) = ((members.Names ?? []).Where(name => !Asks(name, group)).ToList(), asked.Where(name => !members.Has(name)).ToList());
        var observed = members.Names switch { null => "no such group", [] => "nobody", _ => Listed(members.Names) };
        var wrong = new List<string>();
        if (excess.Count > 0) wrong.Add($"no role asks for {Listed(excess)} in it");
        if (missing.Count > 0) wrong.Add($"the role of {Listed(missing)} asks for it");
        if (wrong.Count > 0) return new Opinion(Verdict.Fail, observed, string.Join("; ", wrong));
        if (accounts.Directories.Count > 0) return new Opinion(Verdict.Unknown, observed, $"accounts also come from {string.Join(", ", accounts.Directories)}; who of those is in it, only the directory knows");
        return members.Names is null ? new Opinion(Verdict.NotApplicable, Reason: "there is no such group, and nobody whose role asks for it has an account") : new Opinion(Verdict.Pass, observed);
    }

    private string Expected(string group)
    {
        var asking = Roles.Where(role => role.Groups.Contains(group)).Select(role => $"{(role.Accounts.Count == 0 ? "nobody" : Listed(role.Accounts))} ({role.Name})");
        return $"in the group {group}, of those who have an account: {string.Join(", ", asking)}; nobody else";
    }

    // All of them: the log of the policy is to tell who might.
    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);
}
