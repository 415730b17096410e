using Sandbox.Agent.Firewall;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PacketFilter;

/// <summary>What files say of a firewall, below a root folder that is not this system.</summary>
public sealed class ConfiguredFirewalls : IDisposable
{
    private const FirewallDefault Allow = FirewallDefault.Allow, Deny = FirewallDefault.Deny;
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_device_without_files_or_rules_says_nothing_and_never_that_a_firewall_is_active()
    {
        var said = await ReadAsync();

        Assert.Equal(
            new Protocol.Firewall { Unseen = { new Unseen { What = "netfilter", Why = "only the running system knows its rules, and the root folder is another", Remedy = "Leave out --root" } } },
            said);
    }

    [Fact]
    public async Task Every_field_of_ufw_comes_from_its_files()
    {
        _files.With("usr/sbin/ufw", "").With("etc/ufw/ufw.conf", "# ufw\nENABLED=yes\nLOGLEVEL=low\n")
            .With("etc/default/ufw", "IPV6=no\nDEFAULT_INPUT_POLICY=\"ACCEPT\"\nDEFAULT_OUTPUT_POLICY=\"ACCEPT\"\n")
            .WithLink("etc/systemd/system/multi-user.target.wants/ufw.service", "/lib/systemd/system/ufw.service");

        Assert.Equal(
            new FirewallFrontEnd { Name = "ufw", Installed = true, Enabled = true, StartsAtBoot = true, ConfiguredIpv4Input = Allow, ConfiguredIpv6Input = Deny },
            (await ReadAsync()).FrontEnds.Single());
    }

    [Theory]
    [InlineData("DROP", Deny), InlineData("REJECT", Deny), InlineData("ACCEPT", Allow), InlineData("accept", Allow)]
    public async Task The_policy_of_ufw_is_one_of_three_words(string word, FirewallDefault expected)
    {
        _files.With("etc/ufw/ufw.conf", "ENABLED=no\n").With("etc/default/ufw", $"IPV6=yes\nDEFAULT_INPUT_POLICY=\"{word}\"\n");

        var ufw = (await ReadAsync()).FrontEnds.Single();

        Assert.Equal((expected, expected, true, false, false), (ufw.ConfiguredIpv4Input, ufw.ConfiguredIpv6Input, ufw.HasEnabled, ufw.Enabled, ufw.Installed));
    }

    [Theory]
    [InlineData("IPV6=yes\n"), InlineData("DEFAULT_INPUT_POLICY=\"PERHAPS\"\n"), InlineData("")]
    public async Task Another_word_or_none_is_not_a_policy(string defaults)
    {
        _files.With("etc/ufw/ufw.conf", "LOGLEVEL=low\n").With("etc/default/ufw", defaults);

        var ufw = (await ReadAsync()).FrontEnds.Single();

        Assert.Equal((false, false, false), (ufw.HasConfiguredIpv4Input, ufw.HasConfiguredIpv6Input, ufw.HasEnabled));
    }

    [Fact]
    public async Task Every_field_of_firewalld_comes_from_its_files()
    {
        _files.With("usr/sbin/firewalld", "").With("etc/firewalld/firewalld.conf", "# zone\nDefaultZone=lab\n")
            .With("usr/lib/firewalld/zones/lab.xml", "<zone target=\"DROP\"/>").With("etc/firewalld/zones/lab.xml", "<?xml version=\"1.0\"?>\n<zone target=\"ACCEPT\">\n</zone>\n")
            .WithLink("etc/systemd/system/multi-user.target.wants/firewalld.service", "/lib/systemd/system/firewalld.service");

        Assert.Equal(
            new FirewallFrontEnd { Name = "firewalld", Installed = true, StartsAtBoot = true, Zone = "lab", ConfiguredIpv4Input = Allow, ConfiguredIpv6Input = Allow },
            (await ReadAsync()).FrontEnds.Single());
    }

    [Theory]
    [InlineData("<zone>", Deny), InlineData("<zone target=\"default\">", Deny), InlineData("<zone target='%%REJECT%%'>", Deny)]
    [InlineData("<zone version=\"1.0\" target=\"DROP\">", Deny), InlineData("<zone\n target=\"ACCEPT\">", Allow), InlineData("<zone target=\"new\">", null), InlineData("\u0001junk", null)]
    public async Task The_target_of_the_default_zone_is_its_default(string element, FirewallDefault? expected)
    {
        _files.With("etc/firewalld/firewalld.conf", "").With("usr/lib/firewalld/zones/public.xml", element);

        var firewalld = (await ReadAsync()).FrontEnds.Single();

        Assert.Equal(("public", expected), (firewalld.Zone, firewalld.HasConfiguredIpv4Input ? firewalld.ConfiguredIpv4Input : null));
    }

    [Fact]
    public async Task A_zone_cannot_lead_out_of_its_folder()
    {
        _files.With("etc/firewalld/firewalld.conf", "DefaultZone=../../../tmp/zone\n").With("tmp/zone.xml", "<zone target=\"ACCEPT\">");

        Assert.False((await ReadAsync()).FrontEnds.Single().HasConfiguredIpv4Input);
    }

    [Theory]
    [InlineData("table inet filter { chain input { type filter hook input priority 0; policy drop; } }", Deny, Deny)]
    [InlineData("table ip filter { chain input { type filter hook input priority 0; policy drop; } }", Deny, null)]
    [InlineData("table ip6 f {\n chain i {\n type filter hook input priority filter;\n policy drop\n }\n}", null, Deny)]
    [InlineData("table inet filter { chain input { type filter hook input priority 0; policy accept; drop } }", null, null)]
    [InlineData("table inet filter { chain forward { type filter hook forward priority 0; policy drop; } }", null, null)]
    [InlineData("# table inet filter { chain input { type filter hook input priority 0; policy drop; } }", null, null)]
    [InlineData("include \"/etc/nftables.d/*.nft\"", null, null)]
    public async Task Only_a_policy_to_drop_says_plainly_what_nftables_conf_means(string conf, FirewallDefault? ipv4, FirewallDefault? ipv6)
    {
        _files.With("etc/nftables.conf", conf).WithLink("etc/systemd/system/sysinit.target.wants/nftables.service", "/lib/systemd/system/nftables.service");

        var nftables = (await ReadAsync()).FrontEnds.Single();

        Assert.Equal(("nftables", true, false), (nftables.Name, nftables.StartsAtBoot, nftables.Installed));
        Assert.Equal((ipv4, ipv6), (nftables.HasConfiguredIpv4Input ? nftables.ConfiguredIpv4Input : null, nftables.HasConfiguredIpv6Input ? nftables.ConfiguredIpv6Input : null));
    }

    [Theory]
    [InlineData("etc/iptables/rules.v4", "netfilter-persistent"), InlineData("etc/sysconfig/iptables", "iptables")]
    public async Task Saved_rules_say_their_policy(string path, string name)
    {
        _files.With(path, "*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n");

        var saved = (await ReadAsync()).FrontEnds.Single();

        Assert.Equal((name, Deny, false), (saved.Name, saved.ConfiguredIpv4Input, saved.HasConfiguredIpv6Input));
    }

    [Fact]
    public async Task Front_ends_are_sorted_by_name()
    {
        _files.With("usr/sbin/ufw", "").With("usr/sbin/nft", "").With("usr/sbin/firewalld", "").With("usr/sbin/netfilter-persistent", "").With("etc/sysconfig/iptables", "");

        Assert.Equal(["firewalld", "iptables", "netfilter-persistent", "nftables", "ufw"], (await ReadAsync()).FrontEnds.Select(one => one.Name));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_noted()
    {
        _files.WithFolder("etc/ufw/ufw.conf").WithFolder("etc/nftables.conf");

        var said = await ReadAsync();

        Assert.Equal(["/etc/nftables.conf", "/etc/ufw/ufw.conf"], said.Unseen.Where(one => one.Why == "a folder, not a file").Select(one => one.What).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Links_in_a_circle_and_junk_end_in_a_fact()
    {
        _files.WithLink("etc/ufw/ufw.conf", "/etc/ufw/ufw.conf").With("etc/default/ufw", new string('=', 200_000)).With("etc/iptables/rules.v6", "\0\0:INPUT *filter\n")
            .With("etc/nftables.conf", string.Concat(Enumerable.Repeat("table inet x { hook input ", 20_000)));

        Assert.NotNull(await ReadAsync());
    }

    [Theory]
    [InlineData("etc/ufw/ufw.conf"), InlineData("etc/firewalld/firewalld.conf"), InlineData("etc/nftables.conf"), InlineData("etc/iptables/rules.v4"), InlineData("etc/systemd/system/multi-user.target.wants")]
    public void A_file_that_matters_is_watched(string path) => Assert.Contains(path, new LinuxFirewall(_files.Root).Watches);

    [Fact]
    public void Only_the_running_system_is_listened_to() => Assert.Null(new LinuxFirewall(_files.Root).Listen(() => { }));

    private async Task<Protocol.Firewall> ReadAsync() =>
        (await new LinuxFirewall(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Firewall;
}
