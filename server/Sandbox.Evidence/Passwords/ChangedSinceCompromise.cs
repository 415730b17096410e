using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A password that others may know was changed since: one finding for each account that somebody marked.</summary>
internal sealed record ChangedSinceCompromise : IRule
{
    public const string Rule = "password.changed_since_compromise";

    private const string Expected = "each account that is marked as known to others has another password since";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        var (findings, next) = (new List<Finding>(), (DateTimeOffset?)null);
        var accounts = facts[Reads]?.Fact.Accounts;
        foreach (var demand in Of(facts.About))
        {
            if (demand.Mark.Everywhere && accounts is not null && demand.IsOfNone(accounts)) continue;
            var part = OnFact.Judge(facts, Reads, Rule, demand.Expected, fact => demand.Judge(fact.Accounts, now));
            findings.Add(part.Findings[0] with { Subject = demand.Mark.Account });
            if (next is null || part.NextInstant < next) next = part.NextInstant ?? next;
        }
        return findings.Count > 0 ? new Judgement(findings, next) : OnFact.Judge(facts, Reads, Rule, Expected, _ => new Opinion(Verdict.Pass, facts.About.Marks.Count == 0 ? "no account is marked" : "no account of this device is marked"));
    }

    /// <summary>What is demanded of each account that is marked: of several marks the latest counts, and one on the device alone concerns it in any case.</summary>
    public static IEnumerable<ChangedSince> Of(AboutDevice about) =>
        about.Marks.GroupBy(mark => mark.Account, StringComparer.Ordinal).Select(marks => new ChangedSince(marks.MaxBy(mark => mark.Since)! with { Everywhere = marks.All(mark => mark.Everywhere) }));
}
