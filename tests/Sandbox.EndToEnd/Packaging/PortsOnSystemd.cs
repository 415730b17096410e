using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>The helper opens a port in the real packet filters.</summary>
[Nightly]
public sealed class PortsOnSystemd(AgentPackages packages) : HelperTest(packages)
{
    // Nothing may be started while they are installed: the network is still this machine's.
    private const string Install = """
        set -e
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 0755 /usr/sbin/policy-rc.d
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io ufw nftables
        rm /usr/sbin/policy-rc.d
        """;

    // Of IPv6 no more: ufw itself adds limits to others of its chains there, the first time that a rule is deleted.
    private const string UfwRules = "ufw show added; ufw status; iptables -S; ip6tables -S ufw6-user-input";
    private const string NftRules = "nft list ruleset";

    [Fact]
    public async Task It_is_open_in_the_kernel_and_closed_again_and_a_repair_is_left_alone()
    {
        await StartAsync(Install);

        await InUfwAsync();
        await InNftablesAsync();
    }

    private async Task InUfwAsync()
    {
        _ = await TypeAsync("ufw --force enable");
        var before = await TypeAsync(UfwRules);

        var opened = await Helper.ApplyAsync(FaultName.FirewallPortOpened, Ct);
        Assert.Equal("ufw", opened.Place);
        Assert.Matches($"\n{opened.Seeded} +ALLOW +Anywhere", await TypeAsync("ufw status"));
        Assert.Contains($"-A ufw-user-input -p tcp -m tcp --dport {PortOf(opened)} -j ACCEPT", await TypeAsync("iptables -S"), StringComparison.Ordinal);
        Assert.Contains($"-A ufw6-user-input -p tcp -m tcp --dport {PortOf(opened)} -j ACCEPT", await TypeAsync("ip6tables -S"), StringComparison.Ordinal);
        await Helper.UndoAsync(opened, Ct);
        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await Helper.EndOfAsync(opened, Ct));
        Assert.Equal(before, await TypeAsync(UfwRules));

        var again = await Helper.ApplyAsync(FaultName.FirewallPortOpened, Ct);
        _ = await TypeAsync($"ufw delete allow {again.Seeded}");
        Assert.Equal((FaultState.Repaired, FaultUndoCause.Unspecified), await Helper.EndOfAsync(again, Ct));
        Assert.Equal(before, await TypeAsync(UfwRules));
    }

    private async Task InNftablesAsync()
    {
        _ = await TypeAsync("ufw disable; nft flush ruleset; nft 'add table inet guard; add chain inet guard in { type filter hook input priority 0; policy drop; }'");
        var before = await TypeAsync(NftRules);

        var opened = await Helper.ApplyAsync(FaultName.FirewallPortOpened, Ct);
        Assert.Equal("inet guard in", opened.Place);
        Assert.Contains($"tcp dport {PortOf(opened)} accept", await TypeAsync(NftRules), StringComparison.Ordinal);
        await Helper.UndoAsync(opened, Ct);
        Assert.Equal(before, await TypeAsync(NftRules));
    }

    private static string PortOf(FaultRecord record) => record.Seeded.Split('/')[0];

    private async Task<string> TypeAsync(string line) => (await Machine.RunAsync(line, Ct)).Worked;
}
