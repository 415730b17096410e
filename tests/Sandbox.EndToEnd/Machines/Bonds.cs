using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>Two cables that are one to the machine, both in a switch that announces itself: Debian's lldpd in a network of its own.</summary>
public sealed class Bonds(InstalledMachine installed) : MachineTest(installed)
{
    // New interfaces are listened to within a minute, and those that are there when the agent starts at once.
    private const string Cables = """
        modprobe bonding max_bonds=0; ip netns add switch; ip link add bond0 type bond mode active-backup miimon 100
        for one in 1 2; do ip link add cable-$one type veth peer name port-$one netns switch; ip link set cable-$one master bond0; ip -n switch link set port-$one up; done
        ip link set bond0 up; systemctl restart sandbox-agent
        """;

    [Fact]
    public async Task A_switch_is_heard_once_on_each_cable_the_spare_one_too_and_not_on_the_bond()
    {
        await RootAsync(Cables);
        Assert.StartsWith("cable-", await RootAsync("cat /sys/class/net/bond0/bonding/active_slave"), StringComparison.Ordinal);

        await RootAsync("systemd-run -q --unit lab-switch -p NetworkNamespacePath=/run/netns/switch lldpd -d -I 'port-*' -S 'a switch' -u /run/lab-switch");
        var heard = await LldpAsync("both ports of the switch", all => all.Count >= 2);
        Assert.Equal([("cable-1", "port-1", "a switch"), ("cable-2", "port-2", "a switch")], heard.Select(one => (one.Interface, one.PortDescription, one.SystemDescription)));
        Assert.Equal((await RootAsync("ip netns exec switch cat /sys/class/net/port-1/address /sys/class/net/port-2/address")).Split('\n'), heard.Select(one => one.PortId));

        await RootAsync("systemctl stop lab-switch");
        await LldpAsync("no switch", all => all.Count == 0);
        await RootAsync("ip link del bond0; ip netns del switch; modprobe -r bonding");
    }

    private async Task<IReadOnlyList<LldpNeighbour>> LldpAsync(string what, Func<IReadOnlyList<LldpNeighbour>, bool> wanted) =>
        await Installed.KnowsAsync(what, Fact.NeighboursFieldNumber, fact => wanted(fact.Neighbours.Lldp) ? fact.Neighbours.Lldp : null, Ct);
}
