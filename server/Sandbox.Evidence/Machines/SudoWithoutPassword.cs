using Sandbox.Evidence.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.SudoGrant.Types;

namespace Sandbox.Evidence.Machines;

/// <summary>Nobody runs commands as another through sudo without typing a password.</summary>
internal sealed record SudoWithoutPassword : IRule
{
    public const string Rule = "sudo.nopasswd_entries";

    private const int MostNamed = 5;

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.AdminRights;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "sudo asks everybody for a password", fact => Judge(fact.AdminRights));

    private static Opinion Judge(AdminRights fact)
    {
        if (fact is { HasSudoInstalled: true, SudoInstalled: false }) return new(Verdict.NotApplicable, Reason: "sudo is not installed");
        string[] open = [.. NotAsked(fact).Distinct()];
        if (open.Length > 0) return new(Verdict.Fail, $"not {string.Join(", ", open.Take(MostNamed))}{(open.Length > MostNamed ? $" and {open.Length - MostNamed} more" : "")}");
        if (OfSudoers.Grants(fact) is not null || (fact.Files.Count == 0 && !fact.HasSudoInstalled)) return new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen));
        return fact.Directories.Count > 0
            ? new(Verdict.Unknown, Reason: $"rules also come from {string.Join(", ", fact.Directories)}, which are not read")
            : new(Verdict.Pass, "everybody is asked");
    }

    // root is asked for no password in any case.
    private static IEnumerable<string> NotAsked(AdminRights fact) =>
    [
        .. fact.Grants.Where(one => one.NoPassword && !one.Excluded && one.WhoKind != Who.Undefined && one is not { WhoKind: Who.User, Who: "root" } and not { WhoKind: Who.Uid, Who: "0" }).Select(Named),
        .. fact.FullAdministrators.Where(one => one.NoPassword).Select(one => one.Name),
        .. fact.Settings.Where(one => one.Name == "authenticate").SelectMany(one => one.Definitions).Where(one => one.Value == "off").Select(one => one.HasCondition ? one.Condition : "anybody"),
        .. fact.Settings.Where(one => one is { Name: "exempt_group", HasEffective: true }).Select(one => $"%{one.Effective}"),
    ];

    private static string Named(SudoGrant grant) => grant.WhoKind switch
    {
        Who.Everybody => "ALL",
        Who.Group or Who.OtherGroup => $"%{grant.Who}",
        Who.Uid => $"#{grant.Who}",
        Who.Gid => $"%#{grant.Who}",
        Who.Netgroup => $"+{grant.Who}",
        _ => grant.Who,
    };
}
