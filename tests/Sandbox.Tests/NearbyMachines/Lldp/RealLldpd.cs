using System.Globalization;
using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Neighbours.Lldp;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using Sandbox.Tests.PacketFilter;

namespace Sandbox.Tests.NearbyMachines.Lldp;

/// <summary>Debian's lldpd at the other end of a cable, in a network of its own.</summary>
public sealed partial class RealLldpd(NetworkNamespace network) : IClassFixture<NetworkNamespace>
{
    // It announces at once, and every 30 s.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_announces_is_heard_at_once_and_gone_when_it_ends()
    {
        Cable("here", "there");
        using var files = LldpdsFiles();
        using var woken = new SemaphoreSlim(0);
        var heard = new HeardAnnouncements(TimeProvider.System);
        var index = Index("here");
        using var ear = network.Inside(() => LldpEar.Listen(heard, TimeProvider.System, () => woken.Release()));
        Assert.Equal(0, ear.Join([index, 99_999]));

        using var lldpd = network.Begin("lldpd", "-d", "-I", "there", "-u", files["socket"], "-S", "Lab switch");
        try
        {
            Assert.True(await woken.WaitAsync(Soon, Ct), "Nothing was heard.");
            var one = Now(heard, index).Single();
            var hardware = network.Run("cat", ["/sys/class/net/there/address"]).Trim();
            Assert.Equal(("here", hardware, hardware, "there", "Lab switch"), (one.Interface, one.ChassisId, one.PortId, one.PortDescription, one.SystemDescription));
            // It makes the name a qualified one where it can.
            Assert.StartsWith((await File.ReadAllTextAsync("/proc/sys/kernel/hostname", Ct)).Trim(), one.SystemName, StringComparison.Ordinal);
        }
        finally
        {
            Signals.Terminate(lldpd.Id);
            await lldpd.WaitForExitAsync(Ct);
        }
        do Assert.True(await woken.WaitAsync(Soon, Ct), "Its end was not heard.");
        while (Now(heard, index).Count > 0);
    }

    [Fact]
    public async Task An_interface_that_is_not_to_be_listened_to_is_not_heard()
    {
        Cable("wire", "switch");
        Cable("air", "tower");
        using var files = LldpdsFiles();
        using var woken = new SemaphoreSlim(0);
        using var bothWoken = new SemaphoreSlim(0);
        var heard = new HeardAnnouncements(TimeProvider.System);
        using var ear = network.Inside(() => LldpEar.Listen(heard, TimeProvider.System, () => woken.Release()));
        using var earOfBoth = network.Inside(() => LldpEar.Listen(new HeardAnnouncements(TimeProvider.System), TimeProvider.System, () => bothWoken.Release()));
        Assert.Equal((0, 0), (ear.Join([Index("wire")]), earOfBoth.Join([Index("wire"), Index("air")])));

        using var first = network.Begin("lldpd", "-d", "-I", "tower", "-u", files["tower"]);
        Assert.True(await bothWoken.WaitAsync(Soon, Ct), "Nothing came over the air.");
        using var second = network.Begin("lldpd", "-d", "-I", "switch", "-u", files["switch"]);
        Assert.True(await woken.WaitAsync(Soon, Ct), "Nothing was heard.");
        var interfaces = heard.Now(number => number == Index("wire") ? "wire" : "another", _ => true, out _).Select(one => one.Interface).ToList();
        foreach (var lldpd in new[] { first, second })
        {
            Signals.Terminate(lldpd.Id);
            await lldpd.WaitForExitAsync(Ct);
        }

        Assert.Equal(["wire"], interfaces);
    }

    [Fact]
    public void Whoever_may_not_hear_frames_says_so_and_what_to_type()
    {
        Assert.SkipWhen(network.Missing is not null, network.Missing ?? "");
        var unseen = network.Inside(() =>
        {
            if (SetCapabilities(new CapabilityHeader { Version = 0x20080522 }, stackalloc uint[6]) != 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            var links = new LldpLinks("/", TimeProvider.System);
            Assert.Null(links.Listen(() => { }));
            Assert.Equal(Unseen(new LldpLinks("/", TimeProvider.System)), Unseen(links));
            return Unseen(links);
        });

        Assert.Equal(("LLDP", "permission denied"), (unseen.What, unseen.Why));
        Assert.Contains("sudo", unseen.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_system_nothing_is_heard()
    {
        using var files = new MachineFiles();
        Assert.Equal("Leave out --root", Unseen(new LldpLinks(files.Root, TimeProvider.System)).Remedy);
    }

    [Fact]
    public void Whoever_could_listen_and_does_not_says_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Listening takes CAP_NET_RAW. Type: sudo tests/run fast");

        Assert.Contains("only an agent that runs", Unseen(new LldpLinks("/", TimeProvider.System)).Why, StringComparison.Ordinal);
    }

    // Two interfaces with a cable between them.
    private void Cable(string one, string other)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/lldpd"), "lldpd is not installed here. Type: sudo apt-get install lldpd");
        network.Run("ip", ["link", "add", one, "type", "veth", "peer", "name", other]);
        network.Run("ip", ["link", "set", one, "up"]);
        network.Run("ip", ["link", "set", other, "up"]);
    }

    private int Index(string name) => int.Parse(network.Run("cat", [$"/sys/class/net/{name}/ifindex"]), CultureInfo.InvariantCulture);

    private static TemporaryFolder LldpdsFiles()
    {
        Directory.CreateDirectory("/run/lldpd");
        var files = new TemporaryFolder();
        // Its other half, which has no rights, is told through the socket to begin.
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return files;
    }

    private static List<LldpNeighbour> Now(HeardAnnouncements heard, int index) => heard.Now(number => number == index ? "here" : $"#{number}", _ => true, out _);

    private static Unseen Unseen(LldpLinks links)
    {
        var fact = new Protocol.Neighbours();
        Assert.Empty(links.Heard(new UnseenNotes(fact.Unseen)));
        return fact.Unseen.Single();
    }

    // Of the calling thread alone.
    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(in CapabilityHeader header, ReadOnlySpan<uint> none);

    /// <summary>struct __user_cap_header_struct.</summary>
    private struct CapabilityHeader
    {
        public uint Version;
        public int Process;
    }
}
