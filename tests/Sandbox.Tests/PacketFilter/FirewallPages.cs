using System.Text.RegularExpressions;
using Sandbox.Protocol;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.PacketFilter;

public sealed class FirewallPages : PagesTest
{
    [Theory]
    [InlineData(FirewallDefault.Deny, "refused unless a rule lets them in"), InlineData(FirewallDefault.Allow, "let in unless a rule says no: no firewall")]
    public async Task The_verdict_stands_in_words(FirewallDefault said, string words)
    {
        var page = await PageAsync(new Protocol.Firewall { Ipv4Input = said, OpenInterfaces = { "eth1" } });

        Assert.Matches($"<dd data-fact=\"firewall.ipv4_input\">{words}</dd>", page);
        Assert.Matches("<dd data-fact=\"firewall.ipv6_input\"><span class=\"absent\">cannot be told</span></dd>", page);
        Assert.Matches("<dd data-fact=\"firewall.open_interfaces\">eth1</dd>", page);
    }

    [Fact]
    public async Task Configured_but_not_in_force_cannot_be_overlooked()
    {
        var page = await PageAsync(new Protocol.Firewall { FrontEnds = { new FirewallFrontEnd { Name = "ufw", Installed = true, Enabled = true, InForce = false, ConfiguredIpv4Input = FirewallDefault.Deny } } });

        Assert.Contains("no: configured, but its rules are not in the kernel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chains_stand_below()
    {
        var chain = new FirewallChain { Engine = FirewallChain.Types.Engine.NfTables, Family = "inet", Table = "t", Name = "in", Hook = "input", Priority = -10, Type = "filter", Policy = FirewallDefault.Allow, Default = FirewallDefault.Deny, Rules = 3 };
        var off = new FirewallChain(chain) { Name = "off", Dormant = true };

        var page = await PageAsync(new Protocol.Firewall { Chains = { chain, off } });

        Assert.Matches("inet t in</th>\\s*<td>input</td>\\s*<td>refused</td>\\s*<td>let through</td>\\s*<td>3</td>\\s*<td>-10</td>\\s*<td>filter</td>\\s*<td>nf_tables</td>", Regex.Replace(page, "<(td|th)[^>]*>", "<$1>"));
        Assert.Contains("switched off (dormant)", page, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(Protocol.Firewall firewall)
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, new Fact { Firewall = firewall });
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/devices/{device.Id}");
    }
}
