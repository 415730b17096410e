using System.Net;
using System.Net.Sockets;
using CsCheck;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Services;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using Transport = Sandbox.Protocol.ListeningSocket.Types.Protocol;

namespace Sandbox.Tests.Services;

public sealed class ListenerRows : IDisposable
{
    private const string Header = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_listener_has_protocol_address_port_and_program()
    {
        Tcp(Line("0100007F:0016", "0A", 1602));
        Process(812, "sshd", "/usr/sbin/sshd", 1602);

        var listener = (await ReadAsync()).Listeners.Single();

        Assert.Equal(
            new ListeningSocket { Protocol = Transport.Tcp, Address = "127.0.0.1", Port = 22, Owners = { new SocketOwner { Name = "sshd", Program = "/usr/sbin/sshd" } } },
            listener);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", "::"), InlineData("00000000000000000000000001000000", "::1")]
    [InlineData("B80D0120000000000000000001000000", "2001:db8::1"), InlineData("0000000000000000FFFF00000100007F", "::ffff:127.0.0.1")]
    public async Task Addresses_of_version_6_are_read(string said, string address)
    {
        _files.With("proc/net/tcp6", Header + Line($"{said}:01BB", "0A", 1));

        var listener = (await ReadAsync()).Listeners.Single();

        Assert.Equal((address, 443u), (listener.Address, listener.Port));
    }

    [Theory]
    [InlineData("01"), InlineData("06"), InlineData("07")]
    public async Task A_connection_is_no_listener(string state)
    {
        Tcp(Line("0100007F:0016", state, 1602));

        Assert.Empty((await ReadAsync()).Listeners);
    }

    [Theory]
    [InlineData(53, "07", true), InlineData(123, "01", false), InlineData(32767, "07", true), InlineData(32768, "07", false), InlineData(60999, "07", false), InlineData(61000, "07", true)]
    public async Task A_udp_socket_waits_when_it_has_no_peer_and_its_port_is_not_lent(int port, string state, bool told)
    {
        _files.With("proc/net/udp", Header + Line($"00000000:{port:X4}", state, 7)).With("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");

        Assert.Equal(told, (await ReadAsync()).Listeners.Any(listener => listener.Port == port));
    }

    [Fact]
    public async Task Lent_ports_are_those_that_the_system_says()
    {
        _files.With("proc/net/udp", Header + Line("00000000:2710", "07", 7) + Line("00000000:9C40", "07", 8)).With("proc/sys/net/ipv4/ip_local_port_range", "10000\t20000\n");

        Assert.Equal(40000u, (await ReadAsync()).Listeners.Single().Port);
    }

    [Fact]
    public async Task Workers_that_share_a_socket_are_one_program()
    {
        Tcp(Line("00000000:0050", "0A", 5));
        Process(900, "nginx", "/usr/sbin/nginx", 5);
        Process(901, "nginx", "/usr/sbin/nginx", 5);

        Assert.Equal("nginx", (await ReadAsync()).Listeners.Single().Owners.Single().Name);
    }

    [Fact]
    public async Task Sockets_on_one_port_are_one_listener_with_all_its_programs()
    {
        Tcp(Line("00000000:0050", "0A", 5) + Line("00000000:0050", "0A", 6));
        Process(900, "b", "/b", 5);
        Process(901, "a", "/a", 6);

        Assert.Equal(["a", "b"], (await ReadAsync()).Listeners.Single().Owners.Select(owner => owner.Name));
    }

    [Fact]
    public async Task A_program_that_was_replaced_on_disk_keeps_its_path()
    {
        Tcp(Line("00000000:0050", "0A", 5));
        Process(900, "nginx", "/usr/sbin/nginx (deleted)", 5);

        Assert.Equal("/usr/sbin/nginx", (await ReadAsync()).Listeners.Single().Owners.Single().Program);
    }

    [Fact]
    public async Task Another_process_number_changes_nothing()
    {
        Tcp(Line("00000000:0050", "0A", 5));
        Process(900, "nginx", "/usr/sbin/nginx", 5);
        var before = await ReadAsync();
        Directory.Delete(_files.At("proc/900"), recursive: true);
        Tcp(Line("00000000:0050", "0A", 6));
        Process(77, "nginx", "/usr/sbin/nginx", 6);

        Assert.Equal(before.Listeners, (await ReadAsync()).Listeners);
    }

    [Fact]
    public async Task A_new_socket_is_looked_up_at_once()
    {
        var collector = new LinuxServices(_files.Root);
        Tcp(Line("00000000:0050", "0A", 5));
        await ReadAsync(collector);
        Tcp(Line("00000000:0050", "0A", 5) + Line("00000000:0051", "0A", 6));
        Process(77, "late", "/late", 6);

        var services = await ReadAsync(collector);

        Assert.Equal("late", services.Listeners[1].Owners.Single().Name);
    }

    [Fact]
    public async Task A_socket_whose_holder_is_hidden_is_named()
    {
        Tcp(Line("00000000:0050", "0A", 5));
        _files.With("proc/1/comm", "init\n").With("proc/1/fd/3", "no link can be read");

        var services = await ReadAsync();

        Assert.Empty(services.Listeners.Single().Owners);
        Assert.Contains(services.Unseen, unseen => unseen.What == "/proc/PID/fd");
    }

    [Fact]
    public async Task A_socket_of_the_kernel_itself_is_nobodys_and_nothing_is_hidden()
    {
        Tcp(Line("00000000:0801", "0A", 5));
        Process(1, "init", "/sbin/init", 6);

        var services = await ReadAsync();

        Assert.Empty(services.Listeners.Single().Owners);
        Assert.DoesNotContain(services.Unseen, unseen => unseen.What == "/proc/PID/fd");
    }

    [Fact]
    public async Task Listeners_are_sorted_by_port_protocol_and_address()
    {
        Tcp(Line("00000000:0050", "0A", 1) + Line("0100007F:0035", "0A", 2) + Line("00000000:0035", "0A", 3));
        _files.With("proc/net/udp", Header + Line("00000000:0035", "07", 4));

        var listeners = (await ReadAsync()).Listeners.Select(one => (one.Port, one.Protocol, one.Address));

        Assert.Equal([(53u, Transport.Tcp, "0.0.0.0"), (53u, Transport.Tcp, "127.0.0.1"), (53u, Transport.Udp, "0.0.0.0"), (80u, Transport.Tcp, "0.0.0.0")], listeners);
    }

    [Fact]
    public async Task More_than_500_listeners_are_cut_and_named()
    {
        Tcp(string.Concat(Enumerable.Range(1, 600).Select(port => Line($"00000000:{port:X4}", "0A", port))));

        var services = await ReadAsync();

        Assert.Equal(500, services.Listeners.Count);
        Assert.Contains(services.Unseen, unseen => unseen.Why.StartsWith("more than 500 sockets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_that_are_missing_are_named_but_for_version_6()
    {
        var services = await ReadAsync();

        Assert.Equal(["/proc/net/tcp", "/proc/net/udp"], services.Unseen.Select(unseen => unseen.What).Where(what => what.StartsWith("/proc/net", StringComparison.Ordinal)));
    }

    [Fact]
    public void Random_bytes_are_no_socket_and_no_fault() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        var socket = BoundSocket.Parse(bytes);
        Assert.True(socket is null or { Port: >= 0 and <= 65535 });
    }, iter: Fuzz.Times(2000));

    [Fact]
    public void Damaged_lines_are_no_socket_and_no_fault() => Gen.Select(Gen.Int[0, 90], Gen.Byte).Sample((at, value) =>
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(Line("0100007F:0016", "0A", 1602));
        bytes[at % bytes.Length] = value;
        Assert.True(BoundSocket.Parse(bytes) is null or { Port: >= 0 and <= 65535 });
    }, iter: Fuzz.Times(2000));

    [Fact]
    public async Task This_machines_own_listener_is_seen_with_its_program()
    {
        Assert.SkipUnless(System.OperatingSystem.IsLinux(), "reads /proc");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = (uint)((IPEndPoint)listener.LocalEndpoint).Port;

        var services = await ReadAsync(new LinuxServices("/"));

        var seen = services.Listeners.Single(one => one.Port == port && one.Protocol == Transport.Tcp);
        Assert.Equal("127.0.0.1", seen.Address);
        Assert.Contains(seen.Owners, owner => owner.Program == Environment.ProcessPath);
    }

    private void Tcp(string lines) => _files.With("proc/net/tcp", Header + lines);

    private static string Line(string local, string state, int inode) =>
        $"   0: {local} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 00000000ac95874b 100 0 0 10 0\n";

    private void Process(int number, string name, string program, int inode) => _files.With($"proc/{number}/comm", name + "\n")
        .WithLink($"proc/{number}/exe", program).WithLink($"proc/{number}/fd/3", $"socket:[{inode}]").WithLink($"proc/{number}/fd/0", "/dev/null");

    private Task<Protocol.Services> ReadAsync() => ReadAsync(new LinuxServices(_files.Root));

    private static async Task<Protocol.Services> ReadAsync(LinuxServices collector) =>
        (await collector.CollectAsync(TestContext.Current.CancellationToken)).Single().Services;
}
