using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 4.4: tests of other machines of the lab, of which the act is all there is.</summary>
public sealed class TestsRun
{
    private readonly Watched _device = At.Device(new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eth0", Addresses = { "10.0.0.7/24" } } } }).Says(new Sandbox.Protocol.OperatingSystem { HostName = "lab-07" });

    [Theory]
    [InlineData("iperf3 to 10.0.0.9", "/usr/bin/iperf3", "-c", "10.0.0.9"), InlineData("iperf3 to lab-09", "/usr/bin/iperf3", "-R", "--client", "lab-09", "-t", "10")]
    [InlineData("nmap to 192.168.7.0/24", "/usr/bin/nmap", "-sn", "192.168.7.0/24"), InlineData("nmap to printer.lab", "/usr/bin/nmap", "-p", "22,80", "printer.lab"), InlineData("nmap to fd00::9", "nmap", "-6", "fd00::9")]
    public void A_test_of_another_machine_counts_for_who_ran_it(string target, string program, params string[] arguments)
    {
        var item = _device.Tells(At.Runs(_device.Now, program, arguments)).Only;

        Assert.Equal(("4.4", "test.run", target, EvidenceState.Watched, Grade.E2, Doing.Anna), (item.Line, item.Act, item.Target, item.State, item.Grade, item.Person!.Value));
        Assert.Equal((EvidenceState.Held, Grade.E2), _device.After(At.Minute).SaysTheSame().Only is var held ? (held.State, held.Grade) : default);
    }

    [Theory]
    [InlineData("/usr/bin/iperf3", "-c", "127.0.0.1"), InlineData("/usr/bin/iperf3", "-c", "localhost"), InlineData("/usr/bin/iperf3", "-c", "10.0.0.7"), InlineData("/usr/bin/iperf3", "-c", "LAB-07")]
    [InlineData("/usr/bin/iperf3", "-s"), InlineData("/usr/bin/iperf3", "-c"), InlineData("/usr/bin/iperf3"), InlineData("/usr/bin/iperf3", "--version")]
    [InlineData("/usr/bin/nmap", "8.8.8.8"), InlineData("/usr/bin/nmap", "-sn", "example.org"), InlineData("/usr/bin/nmap", "172.32.0.1"), InlineData("/usr/bin/nmap", "-sL", "10.0.0.0/24"), InlineData("/usr/bin/nmap", "10.0.0.9", "-oX", "scan.xml")]
    [InlineData("/usr/bin/ping", "10.0.0.9"), InlineData("/usr/bin/nmap")]
    public void The_own_machine_the_world_and_what_tests_nothing_do_not(string program, params string[] arguments) => Assert.Empty(_device.Tells(At.Runs(_device.Now, program, arguments)).Evidence);

    [Fact]
    public void The_same_machine_counts_once_for_a_program() =>
        Assert.Single(_device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9")).After(At.Day).Tells(At.Runs(_device.Now, "nmap", "-A", "10.0.0.9")).Evidence);

    [Fact]
    public void An_act_is_not_seen_again_a_day_later() =>
        Assert.Equal(SecondLooks.None, _device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9")).After(At.Minute).SaysTheSame().After(At.Day).SaysTheSame().Only.Looks);

    [Fact]
    public void It_holds_with_the_next_look_which_is_due_at_once()
    {
        var item = _device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9")).Only;

        Assert.Equal((item.NotedAt, (string?)null), (Sandbox.Evidence.Crediting.Crediting.NextLook([item]), item.Boot));
    }

    [Fact]
    public void What_a_job_runs_is_nobodys() =>
        Assert.Equal(EvidenceState.Discounted, _device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9").With(act => act.Automation = "cron")).Only.State);

    [Fact]
    public void What_failed_tested_nothing() => Assert.Empty(_device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9").With(act => act.Result = AdminAct.Types.Result.Failure)).Evidence);

    [Fact]
    public void A_line_that_anybody_can_write_is_no_work() =>
        Assert.Equal(EvidenceState.Discounted, _device.Tells(At.Runs(_device.Now, "nmap", "10.0.0.9").With(act => (act.Method, act.Actor) = (AdminAct.Types.Method.A3, new Actor()))).Only.State);
}
