using Sandbox.Agent.Collecting;
using Sandbox.Agent.Wifi;
using Sandbox.Tests.PacketFilter;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>Generic netlink of the running kernel, which need not have a radio.</summary>
public sealed class ThisKernel(NetworkNamespace network) : IClassFixture<NetworkNamespace>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public void It_lists_its_families() =>
        Assert.Equal(((ushort)16, 16u), GenericFamily.Find(new GenericNetlink(), "nlctrl") is { } found ? (found.Number, found.Groups["notify"]) : default);

    [Fact]
    public void A_family_that_it_lacks_is_none() => Assert.Null(GenericFamily.Find(new GenericNetlink(), "sandbox-none"));

    [Fact]
    public void A_command_that_it_lacks_is_a_refusal() =>
        Assert.Throws<KernelRefusal>(() => GenericDump.Read(new GenericNetlink(), GenericDump.Request(16, 200, 3), 1, attributes => new string('x', attributes.Length)));

    [Fact]
    public async Task The_question_for_joined_networks_ends_well()
    {
        var fact = (await new LinuxWifi("/").CollectAsync(TestContext.Current.CancellationToken)).Single().Wifi;

        Assert.DoesNotContain(fact.Unseen, one => one.What == "nl80211");
        Assert.True(fact.Joined.Count <= fact.Interfaces.Count);
    }

    [Fact]
    public void Listening_ends_well_where_there_is_nothing_to_hear()
    {
        using var changes = new LinuxWifi("/").Listen(() => { });

        Assert.Equal(GenericFamily.Find(new GenericNetlink(), "nl80211") is null, changes is null);
    }

    [Fact]
    public void A_group_that_it_lacks_is_a_refusal() => Assert.Throws<KernelRefusal>(() => JoinChanges.OpenFor(1_000_000).Dispose());

    [Fact]
    public void A_group_is_heard_by_its_number()
    {
        // The family netdev (Linux 6.3) tells of new interfaces; no family with a radio's groups is here.
        Assert.SkipWhen(network.Missing is not null, network.Missing ?? "");
        var family = GenericFamily.Find(new GenericNetlink(), "netdev");
        Assert.SkipWhen(family is null, "this kernel has no family netdev");
        using var socket = network.Inside(() => JoinChanges.OpenFor(family!.Groups["mgmt"]));

        network.Run("ip", ["link", "add", "v0", "type", "veth", "peer", "name", "v1"]);

        Assert.True(SpinWait.SpinUntil(() => NetlinkSocket.Receive(socket, new byte[4096], out var isKernel) > 0 && isKernel, Soon), "The group was not heard.");
    }
}
