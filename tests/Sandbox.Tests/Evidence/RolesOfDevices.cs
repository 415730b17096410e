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

    [Theory]
    [InlineData("/proc/net/tcp", "ssh.service", "sshd", 22, null), InlineData("/proc/PID/fd", "ssh.service", "sshd", 22, null), InlineData("/proc/PID/fd", "postgresql.service", "postgres", 5432, DeviceRole.Server), InlineData("sock_diag", "ssh.service", "sshd", 22, DeviceRole.Workstation)]
    public void Where_it_cannot_be_seen_who_listens_only_a_server_is_known_for_what_it_is(string place, string unit, string program, uint port, DeviceRole? expected)
    {
        var services = Of(unit, program, port);
        services.Unseen.Add(new Unseen { What = place, Why = "permission denied" });

        Assert.Equal(expected, Facts(services).Role);
    }

    [Theory, InlineData("veyon", "veyon-server", 11100), InlineData("prometheus-node-exporter", "prometheus-node-exporter", 9100), InlineData("zabbix-agent2", "zabbix_agent2", 10050), InlineData("snmpd", "snmpd", 161), InlineData("anydesk", "anydesk", 7070)]
    public void An_agent_that_listens_makes_no_server(string unit, string program, uint port) => Assert.Equal(DeviceRole.Workstation, Facts(Of($"{unit}.service", program, port)).Role);

    [Fact]
    public void Who_lets_people_in_over_the_network_is_a_server() => Assert.Equal(DeviceRole.Server, Facts(Of("xrdp.service", "xrdp", 3389)).Role);

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
