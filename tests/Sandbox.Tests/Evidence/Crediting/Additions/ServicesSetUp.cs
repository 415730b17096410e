using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using State = Sandbox.Protocol.ServiceUnit.Types.State;
using Transport = Sandbox.Protocol.ListeningSocket.Types.Protocol;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 4.6: services for others that somebody set up, and everything that only looks like it.</summary>
public sealed class ServicesSetUp
{
    private readonly Watched _device = At.Device(Of([Unit("ssh", aliases: "sshd.service"), Unit("idle", State.Disabled, false)], Socket("sshd", 22)));

    [Fact]
    public void A_service_that_was_not_there_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/systemctl", "enable", "--now", "nginx")).Says(With([Unit("nginx")], Socket("nginx", 80))).Only;

        Assert.Equal(("4.6", "service.set_up", "service nginx.service", "enabled and listening at TCP 80"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void That_installing_it_may_count_for_another_line_is_declared_and_shown()
    {
        var item = _device.Tells(At.Does(_device.Now, Action.Install, "package", "nginx", "install")).Says(With([Unit("nginx")], Socket("nginx", 80))).Only;

        Assert.Equal(Grade.E2, item.Grade);
        Assert.Contains("may be what is counted for line 1.2 as well", item.GradeReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mariadb", "mariadbd"), InlineData("postgresql@15-main", "postgres"), InlineData("smbd", "smbd"), InlineData("apache2", "apache2")]
    public void A_service_is_known_by_its_program(string unit, string program) => Assert.Single(_device.Says(With([Unit(unit)], Socket(program, 5000))).Evidence);

    [Theory]
    [InlineData("docker-proxy", "docker-proxy"), InlineData("lab", "python3"), InlineData("nginx", "sshd"), InlineData("usr", "x")]
    public void What_another_program_listens_with_is_not_its_service(string unit, string program) => Assert.Empty(_device.Says(With([Unit(unit is "docker-proxy" ? "docker" : unit)], Socket(program, 5000))).Evidence);

    [Fact]
    public void A_service_that_lay_there_switched_off_does_not_count() =>
        Assert.Empty(_device.Says(Of([Unit("ssh", aliases: "sshd.service"), Unit("idle")], Socket("sshd", 22), Socket("idle", 5000))).Evidence);

    [Fact]
    public void A_unit_that_sleeps_and_is_called_like_a_program_that_listens_does_not() => Assert.Empty(_device.Says(With([Unit("sshd1"), Unit("sshd-server"), Unit("nginx1")], Socket("nginx", 80))).Evidence);

    [Fact]
    public void What_listened_at_the_port_at_first_is_no_new_service() =>
        Assert.Empty(At.Device(Of([Unit("ssh", aliases: "sshd.service")], Socket("sshd", 22), Socket("old", 5000))).Says(Of([Unit("ssh", aliases: "sshd.service"), Unit("lab")], Socket("sshd", 22), Socket("lab", 5000))).Evidence);

    [Fact]
    public void A_socket_is_that_of_its_very_name() =>
        Assert.Equal("service nginx.service", Assert.Single(_device.Says(With([Unit("nginx"), Unit("nginx-server")], Socket("nginx", 80))).Evidence.Values).Target);

    [Fact]
    public void A_second_name_for_one_does_not() => Assert.Empty(_device.Says(With([Unit("sshd")])).Evidence);

    [Fact]
    public void One_that_an_upgrade_gives_another_name_does_not() => Assert.Empty(_device.Says(With([Unit("openssh", aliases: "ssh.service")], Socket("openssh", 22))).Evidence);

    [Theory]
    [InlineData("127.0.0.1"), InlineData("::1")]
    public void What_listens_for_the_machine_alone_does_not(string address) => Assert.Empty(_device.Says(With([Unit("nginx")], Socket("nginx", 80, address))).Evidence);

    [Fact]
    public void One_that_is_not_enabled_does_not() => Assert.Empty(_device.Says(With([Unit("nginx", State.Disabled)], Socket("nginx", 80))).Evidence);

    [Fact]
    public void One_that_does_not_run_does_not() => Assert.Empty(_device.Says(With([Unit("nginx", running: false)], Socket("nginx", 80))).Evidence);

    [Theory]
    [InlineData("avahi-daemon"), InlineData("cups-browsed"), InlineData("rpcbind"), InlineData("nagios-nrpe-server"), InlineData("tailscaled"), InlineData("zabbix-agent")]
    public void What_comes_along_with_other_software_does_not(string unit) => Assert.Empty(_device.Says(With([Unit(unit)], Socket(unit, 111))).Evidence);

    [Fact]
    public void What_listens_by_UDP_as_clients_do_does_not() => Assert.Empty(_device.Says(With([Unit("chrony")], Socket("chronyd", 123, transport: Transport.Udp))).Evidence);

    [Fact]
    public void A_name_server_listens_by_UDP() => Assert.Single(_device.Says(With([Unit("named")], Socket("named", 53, transport: Transport.Udp))).Evidence);

    [Fact]
    public void A_service_that_starts_anew_takes_nothing_back() =>
        Assert.Equal(EvidenceState.Watched, _device.Says(With([Unit("nginx")], Socket("nginx", 80))).After(At.Minute).Says(With([Unit("nginx", running: false)])).Only.State);

    [Fact]
    public void What_is_switched_off_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(With([Unit("nginx")], Socket("nginx", 80))).After(At.Minute).Says(With([Unit("nginx", State.Disabled)])).Only.State);

    [Fact]
    public void Units_that_could_not_be_read_are_no_beginning()
    {
        var blind = Of([Unit("ssh")]);
        blind.Unseen.Add(new Unseen { What = "/etc/systemd/system", Why = "permission denied" });

        Assert.Empty(At.Device(blind).Says(With([Unit("nginx")], Socket("nginx", 80))).Evidence);
    }

    [Fact]
    public void A_service_that_a_package_starts_is_nobodys() =>
        Assert.Equal(EvidenceState.Discounted, _device.Tells(At.Does(_device.Now, Action.StartService, "service", "nginx").With(act => act.Automation = "inside an apt run")).Says(With([Unit("nginx")], Socket("nginx", 80))).Only.State);

    [Theory]
    [InlineData("/usr/bin/systemctl", "status", "nginx"), InlineData("/usr/bin/systemctl", "start", "other"), InlineData("/usr/bin/systemctl", "stop", "nginx")]
    public void Another_command_did_not_do_it(string program, params string[] arguments) =>
        Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(With([Unit("nginx")], Socket("nginx", 80))).Only.Person);

    private static Protocol.Services With(ServiceUnit[] more, params ListeningSocket[] sockets) =>
        Of([Unit("ssh", aliases: "sshd.service"), Unit("idle", State.Disabled, false), .. more], [Socket("sshd", 22), .. sockets]);

    private static Protocol.Services Of(ServiceUnit[] units, params ListeningSocket[] sockets) => new() { Units = { units }, Listeners = { sockets } };

    private static ServiceUnit Unit(string name, State state = State.Enabled, bool running = true, params string[] aliases) => new() { Name = $"{name}.service", State = state, Running = running, Aliases = { aliases } };

    private static ListeningSocket Socket(string program, uint port, string address = "0.0.0.0", Transport transport = Transport.Tcp) =>
        new() { Protocol = transport, Address = address, Port = port, Owners = { new SocketOwner { Name = program, Program = $"/usr/sbin/{program}" } } };
}
