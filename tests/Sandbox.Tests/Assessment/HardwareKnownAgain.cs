using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;
using static Sandbox.Protocol.NetworkInterface.Types;

namespace Sandbox.Tests.Assessment;

/// <summary>A machine that is enrolled again, by a server that remembers only what it stored.</summary>
public sealed class HardwareKnownAgain
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_hardware_is_set_up_once_whether_its_agent_first_was_root_or_not(bool rootFirst)
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var ((one, _), (other, _)) = (await server.EnrolForApprenticeAsync(), await server.EnrolForApprenticeAsync());

        var first = Store(server, one, Hardware(rootFirst), Network(), System("9f8e"));
        var second = Store(server, other, Hardware(!rootFirst), Network(), System("wiped"));

        Assert.Equal((1, 0), (first.Evidence.Count, second.Evidence.Count));
    }

    [Fact]
    public async Task What_an_older_build_noted_of_a_machine_is_made_whole_by_its_next_report()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var ((one, _), (other, _)) = (await server.EnrolForApprenticeAsync(), await server.EnrolForApprenticeAsync());
        Store(server, one, Hardware(true), Network(), System("9f8e"));
        await server.QueryAsync(db => db.HardwareNames.Where(x => !x.Name.StartsWith("dmi:")).ExecuteDeleteAsync(Ct));
        Store(server, one);

        var second = Store(server, other, Hardware(false), Network(), System("wiped"));

        Assert.Empty(second.Evidence);
    }

    private static StreamWrites Store(RunningIngest server, ReportingDevice device, params Fact[] facts) => new JudgedAlone(server.IngestStore, device).Take(device.Say(facts)).Commit();

    private static Fact Hardware(bool asRoot) => new() { Hardware = asRoot ? new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433", SerialNumber = "7XK2" } : new Hardware() };

    private static Fact System(string machineId) => new() { OperatingSystem = new Protocol.OperatingSystem { MachineId = machineId } };

    private static Fact Network() => new()
    {
        NetworkInterfaces = new NetworkInterfaces
        {
            Interfaces = { new NetworkInterface { Name = "eth0", Medium = Medium.Ethernet, MacAddress = "00:1b:21:aa:bb:cc", LocallyAdministered = false } },
        },
    };
}
