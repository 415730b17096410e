using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall;

/// <summary>Interfaces through which everything gets in although the default is to deny.</summary>
internal sealed class OpenInterfaces(Judgement judgement, Protocol.Firewall firewall)
{
    private const int Most = 64;

    // Each interface takes a walk through all rules; this many together take a fraction of a second.
    private const int MostRulesToWalk = 500_000;

    /// <summary>Tries one after the other, as many as are worth their time, and says how many were left out.</summary>
    public void Describe(IReadOnlyList<NetworkDevice> devices, int rules, UnseenNotes unseen, CancellationToken ct)
    {
        var tried = Math.Min(Most, MostRulesToWalk / Math.Max(rules, 1));
        foreach (var device in devices.Take(tried))
        {
            ct.ThrowIfCancellationRequested();
            if (Opens(firewall.Ipv4Input, ipv6: false, device) || Opens(firewall.Ipv6Input, ipv6: true, device)) firewall.OpenInterfaces.Add(device.Name);
        }
        if (devices.Count > tried)
            unseen.Add(new Unseen { What = "netfilter", Why = $"rules for single interfaces were tried on {tried} of {devices.Count} interfaces" });
    }

    private bool Opens(FirewallDefault family, bool ipv6, NetworkDevice device) =>
        family == FirewallDefault.Deny && judgement.Input(ipv6, device) == FirewallDefault.Allow;
}
