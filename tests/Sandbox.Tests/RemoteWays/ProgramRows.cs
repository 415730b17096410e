using Sandbox.Agent.Collecting;
using Sandbox.Agent.RemoteAccess;
using Sandbox.Protocol;
using static Sandbox.Protocol.RemoteProgram.Types;

namespace Sandbox.Tests.RemoteWays;

public sealed class ProgramRows : IDisposable
{
    // Recorded on Debian 12; only addresses and numbers of sockets are changed.
    private const string Tcp = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   107        0 701 1 ffff8f4b04a3d000 100 0 0 10 0
           1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 702 1 ffff8f4b04a3d8c0 100 0 0 10 0
           2: 0200A8C0:0016 0300A8C0:C5F2 01 00000000:00000000 02:000A9F5D 00000000     0        0 704 2 ffff8f4b04a3e180 20 4 29 10 -1

        """;

    private const string Tcp6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 703 1 ffff8f4b06b0a000 100 0 0 10 0

        """;

    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Who_listens_is_told_by_process_and_socket()
    {
        Running(("812", "sshd", ["702", "703"]), ("900", "sshd", ["704"]), ("77", "xrdp", ["701"])).With("usr/sbin/xrdp", "");

        var fact = await _machine.ReadAsync();

        Assert.True(fact.SshdRunning);
        Assert.Equal(["0.0.0.0:22", "[::]:22"], fact.SshdListening);
        Assert.Equal(new RemoteProgram { Name = "xrdp", Kind = Kind.RemoteDesktop, Path = "/usr/sbin/xrdp", Running = true, Listening = { "127.0.0.1:3306" } }, Assert.Single(fact.Programs));
    }

    [Fact]
    public async Task A_program_that_does_not_run_says_so()
    {
        Running(("812", "cron", ["702"])).With("usr/bin/x11vnc", "").Files.WithLink("etc/systemd/system/graphical.target.wants/x11vnc.service", "/lib/x");

        var fact = await _machine.ReadAsync();

        Assert.Equal((false, 0), (fact.SshdRunning, fact.SshdListening.Count));
        Assert.Equal(new RemoteProgram { Name = "x11vnc", Kind = Kind.RemoteDesktop, Path = "/usr/bin/x11vnc", Enabled = true, Running = false }, Assert.Single(fact.Programs));
    }

    [Fact]
    public async Task Without_a_running_system_nobody_can_tell_what_runs()
    {
        _machine.With("usr/sbin/xrdp", "");

        var fact = await _machine.ReadAsync();

        Assert.False(fact.HasSshdRunning || Assert.Single(fact.Programs).HasRunning);
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/proc/net/tcp", Remedy: "Leave out --root" });
    }

    [Theory]
    [InlineData("usr/lib/ipsec/charon", "strongSwan", Kind.Vpn), InlineData("usr/libexec/ipsec/pluto", "Libreswan", Kind.Vpn), InlineData("usr/bin/Xtigervnc", "TigerVNC", Kind.RemoteDesktop), InlineData("usr/bin/rustdesk", "RustDesk", Kind.RemoteDesktop)]
    [InlineData("opt/teamviewer/tv_bin/teamviewerd", "TeamViewer", Kind.RemoteDesktop), InlineData("usr/bin/anydesk", "AnyDesk", Kind.RemoteDesktop), InlineData("usr/libexec/gnome-remote-desktop-daemon", "GNOME Remote Desktop", Kind.RemoteDesktop), InlineData("usr/sbin/in.telnetd", "telnet server", Kind.RemoteShell)]
    public async Task A_program_is_known_by_its_file(string path, string name, Kind kind)
    {
        _machine.With(path, "");

        Assert.Equal(new RemoteProgram { Name = name, Kind = kind, Path = "/" + path }, Assert.Single((await _machine.ReadAsync()).Programs));
    }

    [Fact]
    public void Programs_are_sorted_and_their_processes_have_names_that_the_kernel_keeps()
    {
        Assert.Equal(KnownPrograms.All.Select(program => program.Name).Order(StringComparer.Ordinal), KnownPrograms.All.Select(program => program.Name));
        Assert.All(KnownPrograms.All.SelectMany(program => program.Processes), name => Assert.InRange(name.Length, 1, 15));
    }

    [Theory]
    [InlineData(""), InlineData("sl local_address"), InlineData("0: 0100007F:0CEA 0:0 0A 0 0 0 0 0"), InlineData("0: XYZ:0016 0:0 0A 0 0 0 0 0 1 1"), InlineData("0: 0100007F:FFFFF 0:0 0A 0 0 0 0 0 1 1"), InlineData("0: 0100007F 0:0 0A 0 0 0 0 0 1 1")]
    public void A_line_that_is_no_listening_socket_is_none(string line) => Assert.False(BoundSocket.Parse(System.Text.Encoding.ASCII.GetBytes(line)) is { Listens: true });

    private RemoteMachine Running(params (string Pid, string Name, string[] Sockets)[] processes)
    {
        _machine.With("proc/net/tcp", Tcp).With("proc/net/tcp6", Tcp6).With("proc/self/comm", "agent\n");
        foreach (var (pid, name, sockets) in processes)
        {
            _machine.With($"proc/{pid}/comm", name + "\n").Files.WithLink($"proc/{pid}/fd/0", "/dev/null");
            for (var i = 0; i < sockets.Length; i++) _machine.Files.WithLink($"proc/{pid}/fd/{i + 3}", $"socket:[{sockets[i]}]");
        }

        return _machine;
    }
}
