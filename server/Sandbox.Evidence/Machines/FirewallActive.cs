using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>What no rule of the packet filter names stays out, over both families; installed or configured is not enough.</summary>
internal sealed record FirewallActive : IRule
{
    public const string Rule = "firewall.active";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Firewall;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "connections from outside that no rule names are refused", fact => Judge(fact.Firewall));

    private static Opinion Judge(Firewall fact)
    {
        string[] open = [.. Families(fact).Where(one => one.Input == FirewallDefault.Allow).Select(one => one.Name)];
        if (open.Length > 0) return new(Verdict.Fail, $"let in over {string.Join(" and ", open)}", Configured(fact));
        if (Families(fact).FirstOrDefault(one => one.Input != FirewallDefault.Deny) is { Name: { } unknown })
            return new(Verdict.Unknown, Reason: $"not known for {unknown}: {UnseenWords.Reason(fact.Unseen)}");
        if (fact.OpenInterfaces.Count > 0) return new(Verdict.Fail, $"refused, but everything is let in through {string.Join(", ", fact.OpenInterfaces)}");
        // Some interface may not have been tried.
        return fact.Unseen.Count > 0 ? new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen)) : new(Verdict.Pass, "refused over IPv4 and IPv6");
    }

    private static IEnumerable<(string Name, FirewallDefault Input)> Families(Firewall fact) =>
        [("IPv4", fact.HasIpv4Input ? fact.Ipv4Input : FirewallDefault.Unspecified), ("IPv6", fact.HasIpv6Input ? fact.Ipv6Input : FirewallDefault.Unspecified)];

    private static string? Configured(Firewall fact) => fact.FrontEnds.FirstOrDefault(one => one is { HasInForce: true, InForce: false }) is { } idle
        ? $"{idle.Name} is set up, and what it is to do is not in force"
        : fact.Chains.Count == 0 ? "nothing filters" : null;
}
