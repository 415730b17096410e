using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using static Sandbox.Protocol.NetworkInterface.Types;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 1.1: machines that were set up, and the same machine again.</summary>
public sealed class DevicesSetUp
{
    private const string Uuid = "4c4c4544-0042-3510-8054-b7c04f565433";

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void Hardware_that_nobody_reported_before_is_watched()
    {
        var item = new Watched().Says(Machine()).Only;

        Assert.Equal(("1.1", "device.set_up", $"dmi:{Uuid}/7XK2", EvidenceState.Watched), (item.Line, item.Act, item.Target, item.State));
        Assert.Equal("Dell Inc. OptiPlex 7090 was enrolled and reports", item.After);
    }

    [Fact]
    public void It_holds_when_the_device_still_reports_after_a_day() =>
        Assert.Equal(EvidenceState.Held, new Watched().Says(Machine()).After(Day).SaysTheSame().Only.State);

    [Fact]
    public void A_server_whose_clock_leaps_ahead_does_not_make_it_hold()
    {
        var device = new Watched().Says(Machine());
        device.Ahead = -Day * 10;

        Assert.Equal(EvidenceState.Watched, device.After(Day * 10).SaysTheSame().Only.State);
    }

    [Fact]
    public void A_device_that_fell_silent_does_not_hold() => Assert.Equal(EvidenceState.Watched, new Watched().Says(Machine()).After(Day * 3).IsSilent().Only.State);

    [Fact]
    public void A_machine_that_was_wiped_or_renamed_is_the_same_machine()
    {
        var device = new Watched();
        device.Others.Add(new SameMachine(IsOwners: false, IsEarlier: true));

        Assert.Empty(device.Says(Machine()).Evidence);
    }

    [Fact]
    public void A_copy_of_a_virtual_machine_has_its_hardware() => A_machine_that_was_wiped_or_renamed_is_the_same_machine();

    [Fact]
    public void A_machine_that_is_known_again_by_a_later_name_was_not_set_up()
    {
        var device = new Watched().Says(Machine());
        device.Others.Add(new SameMachine(IsOwners: false, IsEarlier: true));

        var item = device.Says(Network("00:1b:21:aa:bb:cc", false)).Only;

        Assert.Equal((EvidenceState.Undone, "the same hardware was enrolled before, as another device"), (item.State, item.Reason));
    }

    [Fact]
    public void A_machine_that_is_enrolled_again_later_stays_set_up_under_its_first_name()
    {
        var device = new Watched().Says(Machine());
        device.Others.Add(new SameMachine(IsOwners: true, IsEarlier: false));

        Assert.Equal(EvidenceState.Held, device.After(Day).SaysTheSame().Only.State);
    }

    [Theory]
    [InlineData("dmi:7 mac:1 machine-id:a", "mac:1 machine-id:b", true)]
    [InlineData("mac:1 mac:2 machine-id:a", "dmi:7 mac:2", true)]
    [InlineData("dmi:7 machine-id:a", "machine-id:a", true)]
    [InlineData("dmi:7 mac:1", "dmi:8 mac:1", false)]
    [InlineData("mac:1 machine-id:a", "mac:2 machine-id:a", false)]
    [InlineData("dmi:7", "mac:1 machine-id:a", false)]
    public void Two_machines_are_one_by_the_surest_sort_of_name_that_both_have(string names, string others, bool areOne) =>
        Assert.Equal(areOne, HardwareIdentity.AreOne(names.Split(' '), others.Split(' ')));

    [Fact]
    public void A_virtual_machine_is_flagged()
    {
        var machine = Machine();
        machine.Virtualisation = "kvm";

        Assert.Contains("it is virtual (kvm)", new Watched().Says(machine).Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_id_of_the_hardware_a_network_card_stands_in_and_it_says_so()
    {
        var item = new Watched().Says(new Hardware(), Network("00:1b:21:aa:bb:cc", false), System("9f8e")).Only;

        Assert.Equal("mac:00:1b:21:aa:bb:cc", item.Target);
        Assert.Contains("the address of a network card stands in", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_somebody_made_up_is_passed_over()
    {
        var item = new Watched().Says(new Hardware(), Network("02:42:ac:11:00:02", true), System("9f8e")).Only;

        Assert.Equal("machine-id:9f8e", item.Target);
        Assert.Contains("the machine id stands in", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_to_know_it_by_nothing_is_earned() =>
        Assert.Empty(new Watched().Says(new Hardware(), new NetworkInterfaces(), new Protocol.OperatingSystem()).Evidence);

    [Fact]
    public void Nothing_is_said_before_all_that_could_name_it_has_come() => Assert.Empty(new Watched().Says(new Hardware()).Evidence);

    [Fact]
    public void Hardware_that_shows_up_weeks_later_is_no_set_up() => Assert.Empty(new Watched().After(Day * 8).Says(Machine()).Evidence);

    [Fact]
    public void Other_hardware_under_the_same_identity_undoes_it()
    {
        var item = new Watched().Says(Machine()).After(Day / 2).Says(new Hardware { SystemUuid = Guid.Empty.ToString() }).Only;

        Assert.Equal((EvidenceState.Undone, "the device now reports from other hardware"), (item.State, item.Reason));
    }

    [Fact]
    public void A_device_is_set_up_once()
    {
        var device = new Watched().Says(Machine()).After(Day / 2).Says(new Hardware { SystemUuid = Guid.Empty.ToString() });

        Assert.Single(device.After(Day / 2).Says(Machine()).Evidence);
    }

    private static Hardware Machine() => new() { Manufacturer = "Dell Inc.", Product = "OptiPlex 7090", SystemUuid = Uuid, SerialNumber = "7XK2" };

    private static Protocol.OperatingSystem System(string machineId) => new() { MachineId = machineId };

    private static NetworkInterfaces Network(string mac, bool isLocal) => new()
    {
        Interfaces = { new NetworkInterface { Name = "eth0", Medium = Medium.Ethernet, MacAddress = mac, LocallyAdministered = isLocal } },
    };
}
