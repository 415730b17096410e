using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Neighbours;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.NearbyMachines;

/// <summary>Machines on the same links.</summary>
public sealed class NeighbourRows : IDisposable
{
    private const string Head = "IP address       HW type     Flags       HW address            Mask     Device\n";
    private readonly MachineFiles _files = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_entry_of_arp_has_address_hardware_address_interface_and_whether_it_is_permanent()
    {
        Arp("192.0.2.1        0x1         0x6         A4:bb:6d:00:00:05     *        eth0");

        var one = (await ReadAsync(Collector())).Neighbours_.Single();

        Assert.Equal(("192.0.2.1", "a4:bb:6d:00:00:05", "eth0", true, false), (one.Address, one.MacAddress, one.Interface, one.Permanent, one.LocallyAdministered));
        Assert.False(one.HasRouter);
    }

    [Fact]
    public async Task A_hardware_address_that_is_not_its_makers_is_marked()
    {
        Arp("192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0");

        var one = (await ReadAsync(Collector())).Neighbours_.Single();

        Assert.Equal((true, false), (one.LocallyAdministered, one.Permanent));
    }

    [Theory]
    [InlineData("192.0.2.1 0x1 0x0 02:fc:00:00:00:05 * eth0"), InlineData("192.0.2.1 0x1 0x2 00:00:00:00:00:00 * eth0"), InlineData("192.0.2.1 0x1 0x2 ff:ff:ff:ff:ff:ff * eth0")]
    [InlineData("nonsense 0x1 0x2 02:fc:00:00:00:05 * eth0"), InlineData("192.0.2.1 0x1 0x2 02:fc"), InlineData("192.0.2.1 0x1 0xzz 02:fc:00:00:00:05 * eth0")]
    public async Task What_nobody_answered_or_nobody_understands_is_none(string line)
    {
        Arp(line);

        Assert.Empty((await ReadAsync(Collector())).Neighbours_);
    }

    [Fact]
    public async Task Neighbours_are_sorted_by_interface_then_address_as_a_number()
    {
        Arp("192.0.2.10 0x1 0x2 02:00:00:00:00:01 * eth1", "192.0.2.10 0x1 0x2 02:00:00:00:00:02 * eth0", "192.0.2.9 0x1 0x2 02:00:00:00:00:03 * eth0");

        Assert.Equal(["eth0 192.0.2.9", "eth0 192.0.2.10", "eth1 192.0.2.10"], (await ReadAsync(Collector())).Neighbours_.Select(one => $"{one.Interface} {one.Address}"));
    }

    [Fact]
    public async Task A_neighbour_that_went_quiet_stays_a_day_and_no_longer()
    {
        var collector = Collector();
        Arp("192.0.2.1 0x1 0x2 02:00:00:00:00:01 * eth0");
        var first = await ReadAsync(collector);
        Arp();

        _time.Advance(SeenNeighbours.Kept);
        var within = await ReadAsync(collector);
        _time.Advance(TimeSpan.FromSeconds(1));
        var after = await ReadAsync(collector);

        Assert.Equal(first, within);
        Assert.Empty(after.Neighbours_);
    }

    [Fact]
    public async Task Another_hardware_address_takes_the_place_of_the_first_at_once()
    {
        var collector = Collector();
        Arp("192.0.2.1 0x1 0x2 02:00:00:00:00:01 * eth0");
        await ReadAsync(collector);
        Arp("192.0.2.1 0x1 0x2 02:00:00:00:00:66 * eth0");

        Assert.Equal("02:00:00:00:00:66", (await ReadAsync(collector)).Neighbours_.Single().MacAddress);
    }

    [Fact]
    public async Task Of_more_than_1000_the_rest_is_named()
    {
        Arp([.. Enumerable.Range(0, 1100).Select(n => $"10.0.{n / 250}.{n % 250} 0x1 0x2 02:00:00:00:00:01 * eth0")]);

        var fact = await ReadAsync(Collector());

        Assert.Equal(1000, fact.Neighbours_.Count);
        Assert.Contains(fact.Unseen, one => one.Why.StartsWith("more than 1000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_system_says_that_its_ipv6_neighbours_are_unseen()
    {
        var fact = await ReadAsync(Collector());

        Assert.Contains(fact.Unseen, one => one is { What: "RTM_GETNEIGH", Remedy: "Leave out --root" });
        Assert.Contains(fact.Unseen, one => one.What == "/proc/net/arp");
    }

    [Fact]
    public void An_ipv6_router_of_the_kernels_answer_has_every_field()
    {
        var address = IPAddress.Parse("fe80::1");
        var found = new List<NeighbourEntry>();

        var last = NeighbourMessages.Read([.. Message(0x04, 0x80, address, 2, 0, 0, 0, 0, 9), .. Done], found, number => $"eth{number}");

        var one = found.Single();
        Assert.True(last);
        Assert.Equal(("eth7", address, "020000000009", true, false), (one.Interface, one.Address, one.Hardware.ToString(), one.Router, one.Permanent));
    }

    [Theory]
    [InlineData(0x01, 0), InlineData(0x20, 0), InlineData(0x40, 0), InlineData(0x02, 1), InlineData(0x08, 1), InlineData(0x10, 1), InlineData(0x80, 1)]
    public void Only_states_in_which_somebody_answered_count(ushort state, int count)
    {
        var found = new List<NeighbourEntry>();

        var last = NeighbourMessages.Read(Message(state, 0, IPAddress.Parse("192.0.2.1"), 2, 0, 0, 0, 0, 9), found, _ => "eth0");

        Assert.False(last);
        Assert.Equal(count, found.Count);
    }

    [Fact]
    public void Any_bytes_end_and_add_no_nonsense() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            var found = new List<NeighbourEntry>();
            _ = NeighbourMessages.Read([.. Message(2, 0, IPAddress.Loopback, 2, 0, 0, 0, 0, 9)[..20], .. bytes], found, _ => "x");
            _ = NeighbourMessages.Read(bytes, found, _ => "x");
            return found.TrueForAll(one => one.Hardware.GetAddressBytes().Length == 6);
        },
        iter: Fuzz.Times(2000));

    [Fact]
    public void Any_text_of_arp_is_read_without_a_fault() => Gen.String["0123456789.:xaf *\neth"].Sample(text => _ = ArpTable.Parse(text).Count(), iter: Fuzz.Times(2000));

    [Fact]
    public void The_running_kernel_answers_as_its_own_file_does()
    {
        var live = NeighbourDump.Read(number => $"#{number}").Select(one => one.Address.ToString()).ToHashSet();

        Assert.Superset(ArpTable.Parse(File.ReadAllText("/proc/net/arp")).Select(one => one.Address.ToString()).ToHashSet(), live);
    }

    private static byte[] Done => [20, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Message(ushort state, byte flags, IPAddress address, params byte[] hardware)
    {
        var destination = address.GetAddressBytes();
        byte[] rest =
        [
            (byte)(destination.Length == 4 ? 2 : 10), 0, 0, 0, 7, 0, 0, 0, .. BitConverter.GetBytes(state), flags, 1,
            (byte)(4 + destination.Length), 0, 1, 0, .. destination, (byte)(4 + hardware.Length), 0, 2, 0, .. hardware, 0, 0,
        ];
        return [(byte)(16 + rest.Length), 0, 0, 0, 28, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. rest];
    }

    private void Arp(params string[] lines) => _files.With("proc/net/arp", Head + string.Concat(lines.Select(line => line + "\n")));

    private LinuxNeighbours Collector() => new(_files.Root, _time);

    private static async Task<Protocol.Neighbours> ReadAsync(LinuxNeighbours collector) =>
        (await collector.CollectAsync(TestContext.Current.CancellationToken)).Single().Neighbours;
}
