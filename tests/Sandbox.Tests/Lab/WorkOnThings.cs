using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using static Sandbox.Tests.Lab.Machine;
using static Sandbox.Tests.Lab.Work;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using Medium = Sandbox.Protocol.NetworkInterface.Types.Medium;

namespace Sandbox.Tests.Lab;

/// <summary>Work that adds, mends or takes away something that machines list, each with what only looks like it.</summary>
internal static class WorkOnThings
{
    private static readonly Fact Members = Accounts(Person("anna", 1000), Person("leaver", 1001));

    public static IReadOnlyList<Work> All { get; } =
    [
        new("1.2", "installs software", Installed(), Installed(("nmap", false)), On("package", "nmap", Action.Install, "install"))
        {
            Lookalikes =
            [
                new("a dependency comes along", [Installed(("libpcap", true))], act =>
                {
                    On("package", "libpcap", Action.Install, "install")(act);
                    act.Objects[0].Automatic = true;
                }),
                new("an upgrade", [Installed("2.0")], On("package", "bash", Action.Upgrade, "upgrade")),
                new("unattended upgrades", [Installed(("nmap", false))], act =>
                {
                    On("package", "nmap", Action.Install, "install")(act);
                    act.Automation = "unattended-upgrades";
                }),
            ],
        },

        new("1.5", "sets a printer up", Queues(), Queues(("office", "ipp://printer.lab/ipp/print")), On("printer", "office", Action.ChangePrinter))
        {
            Lookalikes =
            [
                new("a queue into nothing", [Queues(("office", "file:///dev/null"))], On("printer", "office", Action.ChangePrinter)),
                new("a queue to the machine itself", [Queues(("office", "ipp://localhost/printers/old"))], On("printer", "office", Action.ChangePrinter)),
                new("a second queue to a printer that had one", [Queues(("office", "socket://192.0.2.9"))], On("printer", "office", Action.ChangePrinter)),
                new("a queue that made itself", [Queues(automatic: true, ("office", "ipp://printer.lab/ipp/print"))], On("printer", "office", Action.ChangePrinter)),
            ],
        },

        new("1.6", "shares a folder", Folders(), Folders("@teachers"), Ran("/usr/bin/nano", "/etc/samba/smb.conf"))
        {
            Lookalikes =
            [
                new("a share for everybody", [Folders("")], Ran("/usr/bin/nano", "/etc/samba/smb.conf")),
                new("a share for guests", [Folders("@teachers", guests: true)], Ran("/usr/bin/nano", "/etc/samba/smb.conf")),
                new("a folder in which everybody may write", [Folders("@teachers", mode: 0b111_111_111)], Ran("/usr/bin/nano", "/etc/samba/smb.conf")),
            ],
        },

        new("1.7", "limits mailboxes", Mailboxes(), Mailboxes(1 << 30), Ran("/usr/bin/nano", "/etc/dovecot/conf.d/90-quota.conf"))
        {
            Lookalikes =
            [
                new("a limit of nothing", [Mailboxes(0)], Ran("/usr/bin/nano", "/etc/dovecot/conf.d/90-quota.conf")),
                new("a limit that nothing holds to", [Mailboxes(1 << 30, isHeld: false)], Ran("/usr/bin/nano", "/etc/dovecot/conf.d/90-quota.conf")),
                new("a mail server that does not run", [Mailboxes(1 << 30, runs: false)], Ran("/usr/bin/nano", "/etc/dovecot/conf.d/90-quota.conf")),
            ],
        },

        new("1.8", "removes software without a licence", Installed(("teamviewer-host", false), ("nmap", false)), Installed(("nmap", false)), On("package", "teamviewer-host", Action.Remove, "remove"))
        {
            Lookalikes =
            [
                new("another program goes", [Installed(("teamviewer-host", false))], On("package", "nmap", Action.Remove, "remove")),
                new("it is renewed", [Installed("2.0", ("teamviewer-host", false), ("nmap", false))], On("package", "teamviewer-host", Action.Upgrade, "upgrade")),
                new("it goes, and another program was removed by hand", [Installed(("nmap", false))], On("package", "nano", Action.Remove, "remove")),
            ],
        },

        new("4.1", "sets a wireless network up", Wireless(), Wireless("Lab"), On("connection", "Lab", Action.ChangeConnection, verb: "connection-add-activate"))
        {
            Besides = [Network(Card("wlan0", Medium.Wifi)), Near("wlan0")],
            Lookalikes =
            [
                new("an open network", [Wireless("Lab", open: true)], On("connection", "Lab", Action.ChangeConnection, verb: "connection-add-activate")),
                new("a phone's hotspot", [Near("wlan0", hidden: true), Wireless("Lab")], On("connection", "Lab", Action.ChangeConnection, verb: "connection-add-activate")),
                new("a network that was known", [Wireless("Home")], On("connection", "Home", Action.ChangeConnection, verb: "connection-activate")),
            ],
        },

        new("4.2", "connects a machine by cable", Network(Card("eth1", up: false)), Network(Card("eth1")), Ran("/usr/bin/nmcli", "connection", "up"))
        {
            Besides = [new Fact { Hardware = new Hardware() }, Near("eth1")],
            Lookalikes =
            [
                new("a virtual interface", [Network(Card("eth1", Medium.Virtual))], Ran("/usr/bin/nmcli", "connection", "up")),
                new("a card that hides its own address", [Network(Card("eth1", hidden: true))], Ran("/usr/bin/nmcli", "connection", "up")),
                new("a virtual machine", [new Fact { Hardware = new Hardware { Virtualisation = "kvm" } }, Network(Card("eth1"))], Ran("/usr/bin/nmcli", "connection", "up")),
            ],
        },

        new("4.4", "scans a machine of the lab", Installed(), Installed(), Ran("/usr/bin/nmap", "-sS", "192.168.7.9"))
        {
            IsAct = true,
            Lookalikes =
            [
                new("the machine itself", [Installed()], Ran("/usr/bin/nmap", "127.0.0.1")),
                new("a machine out in the world", [Installed()], Ran("/usr/bin/nmap", "203.0.113.9")),
                new("a question for the version", [Installed()], Ran("/usr/bin/nmap", "--version")),
                new("it waits for others to test it", [Installed()], Ran("/usr/bin/iperf3", "-s")),
            ],
        },

        new("4.5", "gives a colleague what the role asks for", InPrinters("elif"), InPrinters("elif", "newbie"), On("account", "newbie", Action.AddMember, "lpadmin"))
        {
            Lookalikes =
            [
                new("everybody is put in", [InPrinters("elif", "newbie", "guest")], On("account", "newbie", Action.AddMember, "lpadmin")),
                new("a right that no role asks for comes along", [InPrinters("elif", "newbie").With("disk", "newbie")], On("account", "newbie", Action.AddMember, "lpadmin")),
                new("somebody else is put in", [InPrinters("elif", "guest")], On("account", "guest", Action.AddMember, "lpadmin")),
                new("who belongs there is put out", [InPrinters("newbie")], On("account", "elif", Action.RemoveMember, "lpadmin")),
                new("the account is put in and locked", [InPrinters(PasswordState.Locked, "elif", "newbie")], On("account", "newbie", Action.AddMember, "lpadmin")),
            ],
        },

        new("4.5", "takes a right away", Administrators("anna", "leaver"), Administrators("anna"), On("account", "leaver", Action.RemoveMember, "sudo"))
        {
            // Whose account goes altogether is no administrator any more, and has left.
            Besides = [Members], Also = ["account.closed"],
            Lookalikes =
            [
                new("everybody is made an administrator", [Administrators("anna", "leaver", "elif")], On("account", "elif", Action.AddMember, "sudo")),
                new("the account goes altogether", [Accounts(Person("anna", 1000)), Administrators("anna")], On("account", "leaver", Action.RemoveAccount)),
                new("nobody is left", [Administrators()], On("account", "leaver", Action.RemoveMember, "sudo")),
            ],
        },

        new("4.6", "sets a service up", Serving(), Serving("nginx"), Ran("/usr/bin/systemctl", "enable", "--now", "nginx"))
        {
            Lookalikes =
            [
                new("a service that lay there switched off", [Serving("idle")], Ran("/usr/bin/systemctl", "enable", "--now", "idle")),
                new("a service for the machine alone", [Serving("nginx", address: "127.0.0.1")], Ran("/usr/bin/systemctl", "enable", "--now", "nginx")),
                new("a container", [Serving("docker", program: "docker-proxy")], Ran("/usr/bin/systemctl", "enable", "--now", "docker")),
            ],
        },

        new("4.6", "sets a file system up", Disks(), Disks("/dev/sdb1"), Ran("/usr/bin/nano", "/etc/fstab"))
        {
            Lookalikes =
            [
                new("a file that stands in for a disk", [Disks("/dev/loop0")], Ran("/usr/bin/nano", "/etc/fstab")),
                new("a stick", [Disks("/dev/sdc1")], Ran("/usr/bin/nano", "/etc/fstab")),
                new("mounted once, and not to stay", [Disks("/dev/sdb1", stays: false)], Ran("/usr/bin/mount", "/srv")),
            ],
        },

        new("4.7", "sets an account up on a server", Accounts(Person("elif", 1000)), Accounts(Person("elif", 1000), Member("newbie", "lab")), On("newbie", Action.AddAccount))
        {
            Besides = [Serving("nginx")], Also = ["account.added"],
            Lookalikes =
            [
                new("a name and nothing more", [Accounts(Person("elif", 1000), Member("newbie"))], On("newbie", Action.AddAccount)),
                new("a machine that serves nobody", [Serving(), Accounts(Person("elif", 1000), Member("newbie", "lab"))], On("newbie", Action.AddAccount)),
                new("an administrator", [Accounts(Person("elif", 1000), Person("newbie", 1001, x => x.Administrator = true))], On("newbie", Action.AddAccount)),
            ],
        },

        new("7.6", "lets a colleague into the tunnel", Tunnel(), Tunnel("bmV3"), Ran("/usr/bin/nano", "/etc/wireguard/wg0.conf"))
        {
            Lookalikes =
            [
                new("a tunnel by which the machine goes out", [Tunnel("bmV3", endpoint: "192.0.2.1")], Ran("/usr/bin/nano", "/etc/wireguard/wg0.conf")),
                new("a tunnel that does not start", [Tunnel("bmV3", starts: false)], Ran("/usr/bin/nano", "/etc/wireguard/wg0.conf")),
                new("the old key under another name", [Tunnel("b2xk", link: "wg1")], Ran("/usr/bin/nano", "/etc/wireguard/wg1.conf")),
            ],
        },

        new("7.7", "makes a RAID whole", Array(1), Array(2), Ran("/usr/sbin/mdadm", "/dev/md0", "--add", "/dev/sdb1"))
        {
            Lookalikes =
            [
                new("made smaller", [Array(1, devices: 1)], Ran("/usr/sbin/mdadm", "/dev/md0", "--grow", "-n", "1")),
                new("a spare steps in", [Array(2)], Ran("/usr/sbin/mdadm", "--detail", "/dev/md0")),
                new("a file instead of a disk", [Array(2, second: "loop0")], Ran("/usr/sbin/mdadm", "/dev/md0", "--add", "/dev/loop0")),
            ],
        },
    ];

    private static Fact InPrinters(params string[] members) => InPrinters(PasswordState.Set, members);

    private static Fact InPrinters(PasswordState newbies, params string[] members)
    {
        var fact = Accounts(Person("elif", 1000), Person("newbie", 1001, x => x.PasswordState = newbies), Person("guest", 1002));
        fact.Accounts.Groups.Add(new Group { Name = "lpadmin", Gid = 105, Members = { members } });
        return fact;
    }

    private static Fact With(this Fact fact, string group, params string[] members)
    {
        fact.Accounts.Groups.Add(new Group { Name = group, Gid = 6, Members = { members } });
        return fact;
    }

    private static Account Member(string name, params string[] groups) => Person(name, 1001, x =>
    {
        x.Administrator = false;
        x.Groups.AddRange([name, "users", .. groups]);
    });
}
