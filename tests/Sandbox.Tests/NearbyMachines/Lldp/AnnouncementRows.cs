using CsCheck;
using Sandbox.Agent.Neighbours.Lldp;
using Sandbox.Protocol;

namespace Sandbox.Tests.NearbyMachines.Lldp;

/// <summary>What a frame of LLDP says.</summary>
public sealed class AnnouncementRows
{
    private static readonly byte[] Chassis = Frames.Chassis(7, [.. "switch"u8]);
    private static readonly byte[] Port = Frames.Port("Gi0/1");

    [Fact]
    public void A_frame_of_lldpd_says_who_it_is_what_it_does_and_for_how_long() => Assert.Equal(
        new Announcement(
            new LldpNeighbour
            {
                ChassisId = "02:00:00:00:00:02", PortId = "02:00:00:00:00:02", SystemName = "vm", SystemDescription = "Lab switch", PortDescription = "there",
                ManagementAddress = "fe80::ff:fe00:2", Capabilities = { LldpNeighbour.Types.Capability.StationOnly },
            },
            TimeSpan.FromSeconds(120)),
        Announcement.Read(Frames.OfLldpd));

    [Fact]
    public void A_switch_says_what_it_does_how_it_is_managed_and_which_VLAN_the_port_is_in()
    {
        var said = Read(
            Frames.Part(7, 0, 0x14, 0, 0x14), Frames.Part(8, 5, 1, 192, 0, 2, 9, 2, 0, 0, 0, 7, 0), Frames.Part(8, 5, 1, 192, 0, 2, 10, 2, 0, 0, 0, 7, 0),
            Frames.Part(127, 0x00, 0x80, 0xC2, 1, 0, 20), Frames.Part(127, 0x00, 0x12, 0x0F, 1, 3, 0x6C, 0, 0, 0x10));

        Assert.Equal([LldpNeighbour.Types.Capability.Bridge, LldpNeighbour.Types.Capability.Router], said!.Capabilities);
        Assert.Equal(("192.0.2.9", 20u, "switch", "Gi0/1"), (said.ManagementAddress, said.PortVlan, said.ChassisId, said.PortId));
        Assert.False(said.HasSystemName || said.HasSystemDescription || said.HasPortDescription);
    }

    [Theory]
    [InlineData(0x0001, LldpNeighbour.Types.Capability.Other), InlineData(0x0002, LldpNeighbour.Types.Capability.Repeater), InlineData(0x0008, LldpNeighbour.Types.Capability.WlanAccessPoint)]
    [InlineData(0x0020, LldpNeighbour.Types.Capability.Telephone), InlineData(0x0080, LldpNeighbour.Types.Capability.StationOnly), InlineData(0x0400, LldpNeighbour.Types.Capability.TwoPortMacRelay)]
    public void What_is_switched_on_counts_and_not_what_could_be(int enabled, LldpNeighbour.Types.Capability capability) =>
        Assert.Equal([capability], Read(Frames.Part(7, 0xFF, 0xFF, (byte)(enabled >> 8), (byte)enabled))!.Capabilities);

    [Theory]
    [InlineData(4, "020000000001", "02:00:00:00:00:01"), InlineData(5, "01C0000209", "192.0.2.9"), InlineData(5, "0220010DB8000000000000000000000001", "2001:db8::1"), InlineData(5, "06AABB", "06aabb")]
    [InlineData(6, "65746830", "eth0"), InlineData(1, "4D6F64756C652033", "Module 3"), InlineData(7, "0001", "0001"), InlineData(7, "61070A62", "61070a62")]
    [InlineData(7, "001BC78F82DA", "001bc78f82da"), InlineData(7, "C3A4", "ä"), InlineData(7, "73770000", "sw"), InlineData(7, "2020", "2020")]
    public void A_chassis_is_named_as_its_kind_says(byte kind, string id, string said) =>
        Assert.Equal(said, Announcement.Read(Frames.Of(Frames.Chassis(kind, Convert.FromHexString(id)), Port, Frames.Lasts(120)))!.Neighbour.ChassisId);

    [Theory]
    [InlineData(3, "020000000001", "02:00:00:00:00:01"), InlineData(4, "01C0000209", "192.0.2.9"), InlineData(6, "6162", "6162"), InlineData(7, "706F7274", "port"), InlineData(99, "706F7274", "port")]
    public void A_port_is_named_as_its_kind_says(byte kind, string id, string said) =>
        Assert.Equal(said, Announcement.Read(Frames.Of(Chassis, Frames.Port(kind, Convert.FromHexString(id)), Frames.Lasts(120)))!.Neighbour.PortId);

    [Theory]
    [InlineData(0), InlineData(4095)]
    public void A_number_that_is_no_VLAN_is_none(ushort vlan) => Assert.False(Read(Frames.Part(127, 0x00, 0x80, 0xC2, 1, (byte)(vlan >> 8), (byte)vlan))!.HasPortVlan);

    [Fact]
    public void What_is_cut_off_is_left_out_and_what_came_before_counts() =>
        Assert.Equal("sw", Announcement.Read([.. Chassis, .. Port, .. Frames.Lasts(120), .. Frames.Part(5, "sw"), 0x0C, 0x50, 1, 2])!.Neighbour.SystemName);

    [Fact]
    public void A_frame_without_the_three_parts_that_come_first_is_none()
    {
        Assert.All<byte[]>(
            [
                [], [2], Frames.Of(), Frames.Of(Chassis), Frames.Of(Chassis, Port), Frames.Of(Port, Chassis, Frames.Lasts(1)), Frames.Of(Chassis, Frames.Lasts(1), Port),
                Frames.Of(Frames.Chassis(7), Port, Frames.Lasts(1)), Frames.Of(Chassis, Frames.Part(2), Frames.Lasts(1)), Frames.Of(Chassis, Port, Frames.Part(3, 1)),
                Frames.Of(Chassis, Port, Frames.Lasts(120), Chassis),
            ],
            frame => Assert.Null(Announcement.Read(frame)));
    }

    [Fact]
    public void No_frame_makes_it_fail() => Gen.Byte.Array[0, 200].Select(Gen.Int[0, Frames.OfLldpd.Length]).Sample(
        (junk, at) => Announcement.Read([.. Frames.OfLldpd.AsSpan(0, at), .. junk]) is null or { Neighbour: { ChassisId.Length: > 0, PortId.Length: > 0 } });

    [Fact]
    public void Words_hold_no_control_characters() => Assert.Equal("a b", Read(Frames.Part(6, "\u001b[31"[..1] + "a\0 b\n"))!.SystemDescription);

    private static LldpNeighbour? Read(params byte[][] more) => Announcement.Read(Frames.Of([Chassis, Port, Frames.Lasts(120), .. more]))?.Neighbour;
}
