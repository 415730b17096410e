using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

public sealed class EnabledUnitsLinks : IDisposable
{
    private readonly MachineFiles _files = new();

    private EnabledUnits Units => new(new RootFolder(_files.Root));

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("multi-user.target.wants"), InlineData("network.target.requires")]
    public void A_unit_that_another_one_pulls_in_starts_with_the_system(string folder)
    {
        _files.WithLink($"etc/systemd/system/{folder}/ufw.service", "/lib/systemd/system/ufw.service");

        Assert.True(Units.Has("ufw.service"));
        Assert.False(Units.Has("nftables.service"));
    }

    [Fact]
    public void A_masked_unit_does_not_whatever_pulls_it_in()
    {
        _files.WithLink("etc/systemd/system/multi-user.target.wants/ufw.service", "/lib/systemd/system/ufw.service").WithLink("etc/systemd/system/ufw.service", "/dev/null");

        Assert.False(Units.Has("ufw.service"));
        Assert.False(Units.Any(["ufw.service"]));
    }

    [Fact]
    public void One_of_several_names_is_enough()
    {
        _files.WithLink("etc/systemd/system/multi-user.target.wants/ssh.service", "/lib/systemd/system/ssh.service");

        Assert.True(Units.Any(["sshd.service", "ssh.service"]));
    }

    [Fact]
    public void Without_systemd_the_links_of_the_second_runlevel_tell()
    {
        _files.WithLink("etc/rc2.d/S01ssh", "../init.d/ssh").WithLink("etc/rc2.d/K01ntp", "../init.d/ntp");

        Assert.True(Units.Any(["ssh.service"]));
        Assert.False(Units.Any(["ntp.service"]));
    }

    [Fact]
    public void Without_any_links_it_is_not_known()
    {
        Assert.Null(Units.Any(["ssh.service"]));
        Assert.False(Units.Has("ssh.service"));
    }
}
