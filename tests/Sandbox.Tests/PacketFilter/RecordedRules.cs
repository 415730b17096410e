using Sandbox.Agent.Firewall;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PacketFilter;

/// <summary>Rules as a kernel told them once: what this machine lacks programs or rights for is still read.</summary>
public sealed class RecordedRules : IDisposable
{
    private const FirewallDefault Allow = FirewallDefault.Allow, Deny = FirewallDefault.Deny;
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("workstation", Deny, Deny), InlineData("iptables-nft", Deny, Allow), InlineData("firewalld", Deny, Deny)]
    // The chain ufw-not-local ends with a drop for all, but what is for this device returns before it: `ufw default allow` lets everything in.
    [InlineData("ufw-deny", Deny, Deny), InlineData("ufw-reject", Deny, Deny), InlineData("ufw-allow", Allow, Allow)]
    public async Task A_ruleset_is_judged_by_meaning(string recording, FirewallDefault ipv4, FirewallDefault ipv6)
    {
        var said = await ReadAsync(recording);

        Assert.Equal((ipv4, ipv6), (said.Ipv4Input, said.Ipv6Input));
        Assert.Empty(said.Unseen);
    }

    [Fact]
    public async Task Iptables_legacy_is_judged_alike()
    {
        _files.With("proc/net/ip_tables_names", "filter\n").With("proc/net/ip6_tables_names", "filter\n");

        var said = await ReadAsync("iptables-legacy");

        Assert.Equal((Deny, Allow), (said.Ipv4Input, said.Ipv6Input));
        Assert.Equal(
            ["ip input INPUT 8 Allow Deny", "ip6 input INPUT 0 Allow Allow", "ip forward FORWARD 0 Deny Deny", "ip6 forward FORWARD 0 Allow Allow", "ip output OUTPUT 0 Allow Allow", "ip6 output OUTPUT 0 Allow Allow"],
            said.Chains.Select(chain => $"{chain.Family} {chain.Hook} {chain.Name} {chain.Rules} {chain.Policy} {chain.Default}"));
    }

    [Fact]
    public async Task Base_chains_come_in_the_order_of_hooks_and_others_are_no_rows()
    {
        var said = await ReadAsync("workstation");

        Assert.Equal(["input 0 filter", "forward 0 filter", "postrouting 100 nat"], said.Chains.Select(chain => $"{chain.Hook} {chain.Priority} {chain.Type}"));
        Assert.Equal([true, true, false], said.Chains.Select(chain => chain.HasDefault));
    }

    [Fact]
    public async Task Without_a_rule_for_an_interface_none_is_open()
    {
        _files.With("sys/class/net/eth0/ifindex", "2\n").With("sys/class/net/lo/ifindex", "1\n");

        Assert.Empty((await ReadAsync("ufw-deny")).OpenInterfaces);
    }

    [Fact]
    public async Task More_interfaces_than_are_tried_are_counted()
    {
        for (var i = 0; i < 70; i++) _files.With($"sys/class/net/veth{i}/ifindex", $"{i + 2}\n");

        Assert.Contains(new Unseen { What = "netfilter", Why = "rules for single interfaces were tried on 64 of 70 interfaces" }, (await ReadAsync("workstation")).Unseen);
    }

    [Fact]
    public async Task A_legacy_table_that_the_kernel_does_not_give_leaves_an_open_verdict_unknown()
    {
        _files.With("proc/net/ip_tables_names", "mangle\n");

        var said = await ReadAsync("ufw-allow");

        Assert.Equal((false, false), (said.HasIpv4Input, said.HasIpv6Input));
        Assert.Contains(said.Unseen, one => one.What == "ip_tables mangle");
    }

    [Fact]
    public async Task A_chain_that_denies_counts_even_when_another_engine_is_not_seen()
    {
        _files.With("proc/net/ip_tables_names", "mangle\n");

        Assert.Equal(Deny, (await ReadAsync("ufw-deny")).Ipv4Input);
    }

    [Theory]
    [InlineData("ufw-deny", "ufw", true), InlineData("firewalld", "ufw", false), InlineData("firewalld", "firewalld", true), InlineData("ufw-deny", "firewalld", false)]
    public async Task A_front_end_is_in_force_when_its_chains_are_in_the_kernel(string recording, string name, bool inForce)
    {
        _files.With("etc/ufw/ufw.conf", "ENABLED=yes\n").With("etc/firewalld/firewalld.conf", "DefaultZone=public\n");

        Assert.Equal(inForce, (await ReadAsync(recording)).FrontEnds.Single(one => one.Name == name).InForce);
    }

    [Theory]
    [InlineData("table inet filter { chain input { type filter hook input priority 0; policy drop; } }", true)]
    [InlineData("table inet filter {\n}\ntable ip other {\n}", false), InlineData("# table inet other {\ntable inet filter {}", true)]
    public async Task The_tables_that_nftables_conf_names_must_all_be_there(string conf, bool inForce)
    {
        _files.With("etc/nftables.conf", conf);

        Assert.Equal(inForce, (await ReadAsync("workstation")).FrontEnds.Single().InForce);
    }

    [Theory]
    [InlineData("ACCEPT", "", true), InlineData("DROP", "", false), InlineData("ACCEPT", "-A INPUT -j DROP\n", true)]
    public async Task Saved_rules_are_in_force_with_their_policy(string policy, string rules, bool inForce)
    {
        _files.With("etc/iptables/rules.v4", $"*filter\n:INPUT {policy} [0:0]\n{rules}COMMIT\n");

        Assert.Equal(inForce, (await ReadAsync("iptables-nft")).FrontEnds.Single().InForce);
    }

    private async Task<Protocol.Firewall> ReadAsync(string recording) =>
        (await new LinuxFirewall(_files.Root, () => KernelRecording.Of(recording)).CollectAsync(TestContext.Current.CancellationToken)).Single().Firewall;
}
