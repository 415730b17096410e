using Sandbox.Agent.Collecting;
using Sandbox.Agent.Neighbours;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.NearbyMachines;

/// <summary>What sysfs says of interfaces.</summary>
public sealed class LinkRows : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory, InlineData("1\n", true), InlineData("0\n", false), InlineData(null, false)]
    public void A_link_is_there_when_the_card_feels_one(string? carrier, bool expected)
    {
        _files.With("sys/class/net/eth0/ifindex", "7\n").With("sys/class/net/eth0/type", "1\n");
        // An interface that is switched off answers with an error.
        if (carrier is not null) _files.With("sys/class/net/eth0/carrier", carrier);
        else _files.WithFolder("sys/class/net/eth0/carrier");

        Assert.Equal(expected, new LinkNames(new RootFolder(_files.Root)).HasLink(7));
    }

    [Fact]
    public void An_interface_that_is_gone_has_no_link() => Assert.False(new LinkNames(new RootFolder(_files.Root)).HasLink(7));
}
