using static Sandbox.Protocol.RemoteProgram.Types;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>A program that lets somebody in or tunnels out.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Paths">One of them tells that it is installed.</param>
/// <param name="Units">What systemd starts it by; none: it has no unit of its own.</param>
/// <param name="Processes">Names of its processes, of which the kernel keeps 15 characters.</param>
internal sealed record KnownProgram(string Name, Kind Kind, string[] Paths, string[] Units, string[] Processes);

/// <summary>The programs that are looked for, sorted by name.</summary>
internal static class KnownPrograms
{
    public static IReadOnlyList<KnownProgram> All { get; } =
    [
        new("AnyDesk", Kind.RemoteDesktop, ["/usr/bin/anydesk"], ["anydesk.service"], ["anydesk"]),
        new("Chrome Remote Desktop", Kind.RemoteDesktop, ["/opt/google/chrome-remote-desktop/chrome-remote-desktop"], [], ["chrome-remote-d"]),
        new("Cockpit", Kind.RemoteShell, ["/usr/lib/cockpit/cockpit-ws", "/usr/libexec/cockpit-ws"], ["cockpit.socket"], ["cockpit-ws", "cockpit-tls"]),
        new("Dropbear", Kind.RemoteShell, ["/usr/sbin/dropbear"], ["dropbear.service"], ["dropbear"]),
        new("GNOME Remote Desktop", Kind.RemoteDesktop, ["/usr/libexec/gnome-remote-desktop-daemon"], ["gnome-remote-desktop.service"], ["gnome-remote-de"]),
        new("Libreswan", Kind.Vpn, ["/usr/libexec/ipsec/pluto", "/usr/lib/ipsec/pluto"], ["ipsec.service"], ["pluto"]),
        new("NoMachine", Kind.RemoteDesktop, ["/usr/NX/bin/nxserver"], ["nxserver.service"], ["nxd", "nxserver.bin"]),
        new("OpenConnect server", Kind.Vpn, ["/usr/sbin/ocserv"], ["ocserv.service", "ocserv.socket"], ["ocserv", "ocserv-main"]),
        new("RealVNC", Kind.RemoteDesktop, ["/usr/bin/vncserver-x11"], ["vncserver-x11-serviced.service"], ["vncserver-x11-c"]),
        new("RustDesk", Kind.RemoteDesktop, ["/usr/bin/rustdesk", "/usr/lib/rustdesk/rustdesk", "/usr/share/rustdesk/rustdesk"], ["rustdesk.service"], ["rustdesk"]),
        new("Tailscale", Kind.Vpn, ["/usr/sbin/tailscaled"], ["tailscaled.service"], ["tailscaled"]),
        new("TeamViewer", Kind.RemoteDesktop, ["/opt/teamviewer/tv_bin/teamviewerd"], ["teamviewerd.service"], ["teamviewerd"]),
        new("TigerVNC", Kind.RemoteDesktop, ["/usr/bin/Xtigervnc", "/usr/bin/Xvnc", "/usr/bin/x0tigervncserver"], [], ["Xtigervnc", "Xvnc", "x0tigervncserv"]),
        new("TightVNC", Kind.RemoteDesktop, ["/usr/bin/Xtightvnc"], [], ["Xtightvnc"]),
        new("Vino", Kind.RemoteDesktop, ["/usr/lib/vino/vino-server", "/usr/libexec/vino-server"], [], ["vino-server"]),
        new("ZeroTier", Kind.Vpn, ["/usr/sbin/zerotier-one"], ["zerotier-one.service"], ["zerotier-one"]),
        new("krfb", Kind.RemoteDesktop, ["/usr/bin/krfb"], [], ["krfb"]),
        new("rlogin and rsh server", Kind.RemoteShell, ["/usr/sbin/in.rlogind", "/usr/sbin/in.rshd"], [], ["in.rlogind", "in.rshd"]),
        new("strongSwan", Kind.Vpn, ["/usr/lib/ipsec/charon", "/usr/libexec/ipsec/charon", "/usr/sbin/charon-systemd"],
            ["strongswan.service", "strongswan-starter.service"], ["charon", "charon-systemd"]),
        new("telnet server", Kind.RemoteShell, ["/usr/sbin/in.telnetd", "/usr/sbin/telnetd"], ["telnet.socket", "inetutils-inetd.service"], ["in.telnetd", "telnetd"]),
        new("wayvnc", Kind.RemoteDesktop, ["/usr/bin/wayvnc"], ["wayvnc.service"], ["wayvnc"]),
        new("x11vnc", Kind.RemoteDesktop, ["/usr/bin/x11vnc"], ["x11vnc.service"], ["x11vnc"]),
        new("xrdp", Kind.RemoteDesktop, ["/usr/sbin/xrdp"], ["xrdp.service"], ["xrdp"]),
    ];
}
