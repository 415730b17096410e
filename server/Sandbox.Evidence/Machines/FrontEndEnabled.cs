using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>One of some programs is set up to write the rules of the packet filter at each start. What is in force is <see cref="FirewallActive"/>.</summary>
/// <param name="Allowed">The programs: <c>ufw</c>, <c>firewalld</c>, <c>nftables</c>.</param>
internal sealed record FrontEndEnabled(IReadOnlyList<string> Allowed) : IRule
{
    public const string Rule = "firewall.front_end";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Firewall;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, $"{string.Join(" or ", Allowed)} is switched on", fact => Judge(fact.Firewall));

    private Opinion Judge(Firewall fact)
    {
        var on = fact.FrontEnds.Where(IsOn).ToList();
        if (on.FirstOrDefault(one => Allowed.Contains(one.Name)) is { } found) return new(Verdict.Pass, found.Name);
        if (on.Count > 0) return new(Verdict.Fail, $"{on[0].Name} is");
        var blind = fact.Unseen.FirstOrDefault(unseen => Allowed.Any(name => unseen.What.Contains($"/{name}", StringComparison.Ordinal)));
        return blind is null ? new(Verdict.Fail, "none is") : new(Verdict.Unknown, Reason: UnseenWords.Reason([blind]));
    }

    // ufw has a switch of its own; its unit does nothing where that is off.
    private static bool IsOn(FirewallFrontEnd one) => one.HasEnabled ? one.Enabled : one.StartsAtBoot;
}
