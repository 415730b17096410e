using Sandbox.Evidence;
using Sandbox.Protocol;
using State = Sandbox.Protocol.ServiceUnit.Types.State;

namespace Sandbox.Tests.Evidence;

/// <summary>What a device is for: by what it does, unless somebody says something else.</summary>
public sealed class RolesOfDevices
{
    [Fact]
    public void A_device_of_which_no_services_are_known_has_no_role()
    {
        Assert.Null(new DeviceFacts().Role);
        Assert.Null(Facts(new Protocol.Services { Unseen = { new Unseen { What = "/etc/systemd/", Why = "permission denied" } } }).Role);
    }

    [Fact]
    public void Others_come_to_a_server_for_a_service() => Assert.Equal(DeviceRole.Server, Facts(Of("postgresql.service", "postgres", 5432)).Role);

    [Theory, InlineData("ssh.service", "sshd", 22), InlineData("cups.service", "cupsd", 631)]
    public void A_machine_that_only_lets_somebody_in_or_prints_is_a_workstation(string unit, string program, uint port) => Assert.Equal(DeviceRole.Workstation, Facts(Of(unit, program, port)).Role);

    [Fact]
    public void The_word_of_people_goes_before_what_it_does()
    {
        var facts = Facts(Of("postgresql.service", "postgres", 5432));
        facts.About = new AboutDevice { Role = DeviceRole.Workstation };

        Assert.Equal(DeviceRole.Workstation, facts.Role);
    }

    [Fact]
    public void A_server_that_gives_its_service_up_is_none_any_more()
    {
        var facts = Facts(Of("postgresql.service", "postgres", 5432));
        Assert.Equal(DeviceRole.Server, facts.Role);

        facts.Put(Reported(Of("ssh.service", "sshd", 22)));

        Assert.Equal(DeviceRole.Workstation, facts.Role);
    }

    private static DeviceFacts Facts(Protocol.Services services)
    {
        var facts = new DeviceFacts();
        facts.Put(Reported(services));
        return facts;
    }

    private static ReportedFact Reported(Protocol.Services services) => new(new Fact { Services = services }, 1, Evidence.Reported.Now, Evidence.Reported.Now);

    private static Protocol.Services Of(string unit, string program, uint port) => new()
    {
        Units = { new ServiceUnit { Name = unit, State = State.Enabled, Running = true } }, Listeners = { new ListeningSocket { Protocol = ListeningSocket.Types.Protocol.Tcp, Address = "0.0.0.0", Port = port, Owners = { new SocketOwner { Name = program } } } },
    };
}
