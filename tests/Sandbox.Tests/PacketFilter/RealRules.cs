using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PacketFilter;

/// <summary>Rules that nft, iptables and iptables-legacy set up in a network namespace, read back from the real kernel.</summary>
public sealed class RealRules(NetworkNamespace network) : IClassFixture<NetworkNamespace>, IDisposable
{
    private const FirewallDefault Allow = FirewallDefault.Allow, Deny = FirewallDefault.Deny;
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Without_any_rule_everything_gets_in()
    {
        network.Nft("");

        var said = network.Collect(_files.Root);

        Assert.Equal((Allow, Allow, 0, 0), (said.Ipv4Input, said.Ipv6Input, said.Chains.Count, said.Unseen.Count));
    }

    [Theory]
    // The policy alone, and rules that undo it.
    [InlineData("policy drop;", Deny), InlineData("policy accept;", Allow)]
    [InlineData("policy drop; accept", Allow), InlineData("policy drop; counter log accept comment \"oops\"", Allow)]
    [InlineData("policy accept; drop", Deny), InlineData("policy accept; counter reject with icmpx admin-prohibited", Deny)]
    [InlineData("policy accept; log prefix \"x\" drop; accept", Deny)]
    [InlineData("policy drop; iif lo accept; ct state established,related accept; tcp dport 22 accept", Deny)]
    [InlineData("policy accept; iifname \"lo\" drop; ct state invalid drop; tcp dport 23 drop", Allow)]
    // New connections are let in by state.
    [InlineData("policy drop; ct state new accept", Allow), InlineData("policy drop; ct state { new, established } accept", Allow)]
    [InlineData("policy drop; ct state != invalid accept", Allow), InlineData("policy drop; ct state vmap { new : accept, invalid : drop }", Allow)]
    [InlineData("policy drop; ct state vmap { established : accept, related : accept, invalid : drop }", Deny)]
    [InlineData("policy accept; ct state new tcp flags & (fin|syn|rst|ack) == syn drop; meta l4proto udp drop", Deny)]
    // One whole protocol, nearly all ports, all addresses.
    [InlineData("policy drop; meta l4proto tcp accept", Allow), InlineData("policy drop; ip protocol udp accept; ip6 nexthdr udp accept", Allow)]
    [InlineData("policy drop; tcp dport 1-65535 accept", Allow), InlineData("policy drop; udp dport >= 1024 accept", Allow)]
    [InlineData("policy drop; tcp dport 49152-65535 accept", Deny), InlineData("policy drop; tcp dport { 22, 8000-8100 } accept", Deny)]
    [InlineData("policy drop; tcp dport { 1-65535 } accept", Allow), InlineData("policy drop; tcp dport != 22 accept", Allow)]
    [InlineData("policy drop; tcp dport vmap { 22 : accept, 23 : drop }", Deny)]
    [InlineData("policy drop; meta nfproto { ipv4, ipv6 } accept", Allow), InlineData("policy drop; meta l4proto { icmp, ipv6-icmp } accept", Deny)]
    // A rate lets some in; what is over a rate is not all.
    [InlineData("policy drop; limit rate 10/second accept", Allow), InlineData("policy accept; limit rate over 10/second drop", Allow)]
    // Addresses of one's own, and the way back.
    [InlineData("policy accept; fib daddr type != local drop", Allow), InlineData("policy accept; fib daddr type local drop", Deny)]
    [InlineData("policy accept; fib saddr . iif oif missing drop", Allow), InlineData("policy accept; meta pkttype host drop", Deny)]
    [InlineData("policy accept; meta iifname != \"lo\" drop", Deny), InlineData("policy accept; ip frag-off & 0x1fff != 0 drop", Allow)]
    public void An_input_chain_is_judged_by_what_it_does_to_a_connection_that_it_does_not_name(string chain, FirewallDefault expected)
    {
        network.Nft(Input(chain));

        var said = network.Collect(_files.Root);

        Assert.Equal((expected, expected, expected), (said.Ipv4Input, said.Ipv6Input, said.Chains.Single().Default));
        Assert.Empty(said.Unseen);
    }

    [Theory]
    [InlineData("jump last", "drop", Deny), InlineData("goto last", "reject", Deny), InlineData("jump last", "return", Allow), InlineData("goto last", "counter", Allow)]
    [InlineData("tcp dport 22 jump last", "drop", Allow), InlineData("jump last; drop", "tcp dport 22 accept", Deny), InlineData("goto last; drop", "tcp dport 22 accept", Allow)]
    [InlineData("jump last", "fib daddr type local return; drop", Allow), InlineData("jump deeper", "drop", Deny), InlineData("ct state new jump last", "drop", Deny)]
    public void Jumps_are_followed_however_deep(string rules, string last, FirewallDefault expected)
    {
        network.Nft($$"""
            table inet t {
                chain last { {{last}}; }
                chain deeper { jump last; }
                chain input { type filter hook input priority 0; policy accept; {{rules}}; }
            }
            """);

        Assert.Equal(expected, network.Collect(_files.Root).Ipv4Input);
    }

    [Fact]
    public void Each_family_is_judged_by_its_own_chains()
    {
        network.Nft("table ip t { chain input { type filter hook input priority 0; policy drop;\n }\n}");

        var said = network.Collect(_files.Root);

        Assert.Equal((Deny, Allow), (said.Ipv4Input, said.Ipv6Input));
    }

    [Fact]
    public void A_chain_for_both_families_may_treat_them_differently()
    {
        network.Nft(Input("policy accept; meta nfproto ipv6 drop"));

        var said = network.Collect(_files.Root);

        Assert.Equal((Allow, Deny, Allow), (said.Ipv4Input, said.Ipv6Input, said.Chains.Single().Default));
    }

    [Fact]
    public void One_chain_that_denies_is_enough_whatever_another_accepts()
    {
        network.Nft("table inet a { chain i { type filter hook input priority -5; policy accept; accept; }; }\ntable inet b { chain i { type filter hook input priority 5; policy drop; }; }");

        Assert.Equal(Deny, network.Collect(_files.Root).Ipv4Input);
    }

    [Fact]
    public void What_is_dropped_before_routing_never_gets_in()
    {
        network.Nft("table inet t { chain early { type filter hook prerouting priority raw; policy accept; ct state established accept; drop;\n }\n}");

        var said = network.Collect(_files.Root);

        Assert.Equal((Deny, "prerouting", -300), (said.Ipv4Input, said.Chains.Single().Hook, said.Chains.Single().Priority));
    }

    [Fact]
    public void A_table_that_is_switched_off_protects_nobody()
    {
        network.Nft("table inet t { flags dormant; chain input { type filter hook input priority 0; policy drop;\n }\n}");

        var said = network.Collect(_files.Root);

        Assert.Equal((Allow, true, false), (said.Ipv4Input, said.Chains.Single().Dormant, said.Chains.Single().HasDefault));
    }

    [Fact]
    public void A_rule_that_accepts_and_is_not_understood_leaves_the_default_unknown_and_says_so()
    {
        network.Nft("");
        network.Run("sh", ["-c", "iptables -P INPUT DROP; iptables -A INPUT -m string --string x --algo bm -j ACCEPT"]);

        var said = network.Collect(_files.Root);

        Assert.Equal((false, Allow, false), (said.HasIpv4Input, said.Ipv6Input, said.Chains.Single(chain => chain.Hook == "input").HasDefault));
        Assert.Equal(
            new Unseen { What = "nf_tables ip filter INPUT", Why = "rule 1 of INPUT is not understood (match string), so what it lets through cannot be told" },
            said.Unseen.Single());
    }

    [Fact]
    public void A_rule_that_denies_and_is_not_understood_takes_nothing_from_a_default()
    {
        network.Nft("");
        network.Run("sh", ["-c", "iptables -P INPUT DROP; iptables -A INPUT -m string --string x --algo bm -j DROP"]);

        Assert.Equal(Deny, network.Collect(_files.Root).Ipv4Input);
    }

    [Fact]
    public void Every_field_of_a_chain_is_as_nft_was_told()
    {
        network.Nft(Input("policy drop; iif lo accept; tcp dport 22 accept"));

        var chain = network.Collect(_files.Root).Chains.Single();

        Assert.Equal(
            new FirewallChain
            {
                Engine = FirewallChain.Types.Engine.NfTables, Family = "inet", Table = "t", Name = "input", Hook = "input", Priority = 7, Type = "filter",
                Policy = Deny, Rules = 2, Default = Deny,
            },
            chain);
    }

    [Theory]
    [InlineData("iifname \"sb0\" accept"), InlineData("iifname \"sb*\" accept"), InlineData("iif sb0 accept"), InlineData("iifname { \"lo\", \"sb0\" } accept")]
    public void An_interface_that_lets_everything_in_is_named(string rule)
    {
        if (network.Missing is null && !network.Run("ip", ["-o", "link"]).Contains("sb0", StringComparison.Ordinal)) network.Run("ip", ["link", "add", "sb0", "type", "veth", "peer", "name", "zz0"]);
        network.Nft(Input($"policy drop; {rule}"));
        foreach (var name in (string[])["sb0", "zz0", "lo"])
            _files.With($"sys/class/net/{name}/ifindex", network.Run("sh", ["-c", $"ip -o link show dev {name} | cut -d: -f1"]));

        var said = network.Collect(_files.Root);

        Assert.Equal((Deny, "sb0"), (said.Ipv4Input, said.OpenInterfaces.Single()));
    }

    [Theory]
    [InlineData("-P INPUT DROP", Deny), InlineData("-P INPUT ACCEPT", Allow), InlineData("-A INPUT -j DROP", Deny), InlineData("-A INPUT -p tcp --syn -j REJECT", Allow)]
    [InlineData("-A INPUT -m conntrack --ctstate NEW -j DROP", Deny), InlineData("-A INPUT -m conntrack ! --ctstate ESTABLISHED,RELATED -j DROP", Deny)]
    [InlineData("-A INPUT -m state --state INVALID -j DROP", Allow), InlineData("-A INPUT -m addrtype --dst-type LOCAL -j DROP", Deny)]
    [InlineData("-A INPUT -m addrtype ! --dst-type LOCAL -j DROP", Allow), InlineData("-A INPUT -s 192.0.2.0/24 -j DROP", Allow), InlineData("-A INPUT ! -s 192.0.2.0/24 -j DROP", Deny)]
    [InlineData("-A INPUT -p tcp -m multiport --dports 22,80 -j DROP", Allow), InlineData("-A INPUT -p tcp -m multiport ! --dports 22,80 -j ACCEPT", Allow)]
    [InlineData("-A INPUT ! -i lo -j DROP", Deny), InlineData("-A INPUT -i lo -j DROP", Allow), InlineData("-A INPUT -i eth+ -j DROP", Allow)]
    [InlineData("-A INPUT -m comment --comment all -j DROP", Deny), InlineData("-A INPUT -m limit --limit 1/s -j DROP", Allow), InlineData("-A INPUT ! -f -j DROP", Deny)]
    public void Iptables_says_the_same_over_nf_tables_and_as_legacy(string command, FirewallDefault expected)
    {
        network.Nft("");
        network.Run("iptables", [.. command.Split(' ')]);
        var overNft = network.Collect(_files.Root);
        network.Nft("");
        network.Run("iptables-legacy", [.. command.Split(' ')]);
        _files.With("proc/net/ip_tables_names", "filter\n");

        var legacy = network.Collect(_files.Root);
        network.Run("sh", ["-c", "iptables-legacy -F; iptables-legacy -P INPUT ACCEPT"]);

        Assert.Equal((expected, expected), (overNft.Ipv4Input, legacy.Ipv4Input));
        Assert.Equal((Allow, Allow), (overNft.Ipv6Input, legacy.Ipv6Input));
        Assert.All(legacy.Chains, chain => Assert.Equal(FirewallChain.Types.Engine.Legacy, chain.Engine));
    }

    [Fact]
    public void Ip6tables_legacy_is_read_as_well()
    {
        network.Nft("");
        network.Run("sh", ["-c", "ip6tables-legacy -N mine; ip6tables-legacy -A mine -p udp -j RETURN; ip6tables-legacy -A mine -j DROP; ip6tables-legacy -A INPUT -j mine; ip6tables-legacy -A INPUT -g mine"]);
        _files.With("proc/net/ip6_tables_names", "filter\n");

        var input = network.Collect(_files.Root).Chains.Single(chain => chain.Name == "INPUT");
        network.Run("sh", ["-c", "ip6tables-legacy -F; ip6tables-legacy -A INPUT -j DROP"]);
        var closed = network.Collect(_files.Root).Ipv6Input;
        network.Run("sh", ["-c", "ip6tables-legacy -F; ip6tables-legacy -X"]);

        Assert.Equal(("ip6", "filter", "input", Allow, Allow, 2u, false), (input.Family, input.Table, input.Hook, input.Policy, input.Default, input.Rules, input.HasPriority));
        Assert.Equal(Deny, closed);
    }

    [Fact]
    public async Task A_change_of_the_rules_is_heard_at_once()
    {
        network.Nft("");
        var heard = new TaskCompletionSource();
        using var listening = network.Inside(() => Agent.Firewall.Nftables.RuleChanges.Listen(() => heard.TrySetResult()));

        network.Nft(Input("policy drop;"));

        await heard.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_program_itself_says_what_is_in_force_in_its_namespace()
    {
        network.Nft(Input("policy drop; tcp dport 22 accept"));

        var said = network.Run(Path.Combine(AppContext.BaseDirectory, "sandbox-agent"), ["collect", "--once", "--json"]);

        Assert.Contains("\"ipv4Input\": \"FIREWALL_DEFAULT_DENY\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_without_changes_is_the_same_to_the_byte()
    {
        network.Nft(Rulesets.Workstation);

        Assert.Equal(network.Collect(_files.Root), network.Collect(_files.Root));
    }

    private static string Input(string chain) => $"table inet t {{\n chain input {{\n type filter hook input priority 7; {chain};\n }}\n}}".Replace(";;", ";", StringComparison.Ordinal).Replace("; ", "\n", StringComparison.Ordinal);
}
