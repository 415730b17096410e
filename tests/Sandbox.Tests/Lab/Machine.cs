using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;
using Medium = Sandbox.Protocol.NetworkInterface.Types.Medium;
using Security = Sandbox.Protocol.WiFiNetwork.Types.Security;
using State = Sandbox.Protocol.ServiceUnit.Types.State;

namespace Sandbox.Tests.Lab;

/// <summary>What machines of the lab say of what they have.</summary>
internal static class Machine
{
    public static Fact Installed(params (string Name, bool Automatic)[] more) => Installed("1.0", more);

    public static Fact Installed(string version, params (string Name, bool Automatic)[] more) => new()
    {
        Software = new Software { Packages = { more.Prepend((Name: "bash", Automatic: false)).Select(one => new Package { Name = one.Name, Version = version, Automatic = one.Automatic, Manager = Package.Types.Manager.Dpkg }) } },
    };

    public static Fact Queues(params (string Name, string Device)[] more) => Queues(false, more);

    public static Fact Queues(bool automatic, params (string Name, string Device)[] more) => new()
    {
        Printing = new Printing
        {
            Installed = true, Source = Printing.Types.Source.Asked,
            Queues = { more.Select(one => new PrintQueue { Name = one.Name, Device = one.Device, Automatic = automatic, IsClass = false }).Prepend(new PrintQueue { Name = "old", Device = "socket://192.0.2.9", Automatic = false }) },
        },
    };

    /// <summary>A folder that is shared with these. Null: it is not shared.</summary>
    public static Fact Folders(string? users = null, bool guests = false, uint mode = 0b111_111_000)
    {
        var shares = new Shares { Servers = { new ShareServer { Name = "smbd", Installed = true, Running = true } } };
        if (users is null) return new Fact { Shares = shares };
        shares.SambaShares.Add(new SambaShare { Name = "lab", Kind = SambaShare.Types.Kind.Folder, Path = "/srv/lab", GuestOk = guests, Available = true });
        if (users.Length > 0) shares.SambaShares[0].ValidUsers.Add(users);
        shares.Folders.Add(new SharedFolder { Path = "/srv/lab", Present = true, Mode = mode });
        return new Fact { Shares = shares };
    }

    public static Fact Wireless(string? joined = null, bool open = false)
    {
        var wifi = new WiFi { Networks = { new WiFiNetwork { Ssid = "Home", Security = Security.WpaPsk } }, Interfaces = { "wlan0" } };
        if (joined is null) return new Fact { Wifi = wifi };
        var security = open ? Security.Open : Security.WpaPsk;
        if (joined != "Home") wifi.Networks.Add(new WiFiNetwork { Ssid = joined, Security = security });
        wifi.Joined.Add(new JoinedWiFi { Interface = "wlan0", Ssid = joined, Security = security });
        return new Fact { Wifi = wifi };
    }

    public static Fact Network(NetworkInterface card) => new() { NetworkInterfaces = new NetworkInterfaces { Interfaces = { card }, Gateways = { "192.0.2.1" } } };

    public static NetworkInterface Card(string name, Medium medium = Medium.Ethernet, bool up = true, bool hidden = false)
    {
        // Every machine has this card: it is no name of hardware here, since nothing asks for it within the session.
        var card = new NetworkInterface { Name = name, Medium = medium, State = up ? NetworkInterface.Types.State.Up : NetworkInterface.Types.State.Down, MacAddress = "00:1b:21:00:00:01", LocallyAdministered = hidden };
        if (!up) return card;
        card.SpeedMbps = 1000;
        card.Addresses.Add("192.0.2.7/24");
        return card;
    }

    public static Fact Near(string link, bool hidden = false) =>
        new() { Neighbours = new Neighbours { Neighbours_ = { new Neighbour { Address = "192.0.2.1", Interface = link, MacAddress = "00:11:22:33:44:55", LocallyAdministered = hidden } } } };

    public static Fact Administrators(params string[] members) => new()
    {
        AdminRights = new AdminRights
        {
            SudoInstalled = true, Groups = { new AdminGroup { Name = "sudo", Gid = 27, FullGrant = true, Members = { members } } },
            FullAdministrators = { members.Select(name => new FullAdministrator { Name = name, Through = "%sudo" }) },
        },
    };

    /// <summary>Services that run; one that lies there switched off is called idle.</summary>
    public static Fact Serving(string? name = null, string? program = null, string address = "0.0.0.0")
    {
        var services = new Protocol.Services { Units = { new ServiceUnit { Name = "idle.service", State = State.Disabled, Running = false } } };
        if (name is null) return new Fact { Services = services };
        services.Units.Add(new ServiceUnit { Name = $"{name}.service", State = State.Enabled, Running = true });
        if (name == "idle") services.Units.RemoveAt(0);
        services.Listeners.Add(new ListeningSocket { Protocol = ListeningSocket.Types.Protocol.Tcp, Address = address, Port = 80, Owners = { new SocketOwner { Name = program ?? name } } });
        return new Fact { Services = services };
    }

    /// <summary>Disks, with this mounted at /srv. Null: nothing is.</summary>
    public static Fact Disks(string? mounted = null, bool stays = true)
    {
        var storage = Blocks();
        if (mounted is null) return new Fact { Storage = storage };
        storage.Filesystems.Add(new Filesystem { MountPoint = "/srv", Source = mounted, Type = "ext4" });
        if (stays) storage.Fstab.Add(new FstabEntry { MountPoint = "/srv", Source = mounted, Type = "ext4", Mounted = true });
        return new Fact { Storage = storage };
    }

    public static Fact Array(uint working, uint devices = 2, string second = "sdb1")
    {
        var storage = Blocks();
        storage.Arrays.Add(new RaidArray { Name = "md0", State = working < devices ? RaidArray.Types.State.Degraded : RaidArray.Types.State.Whole, Devices = devices, Working = working, Members = { "sda1" } });
        if (working > 1) storage.Arrays[0].Members.Add(second);
        return new Fact { Storage = storage };
    }

    /// <summary>A mail server with a limit for every mailbox. Null: it has none.</summary>
    public static Fact Mailboxes(long? limit = null, bool isHeld = true, bool runs = true)
    {
        var shares = new Shares { Servers = { new ShareServer { Name = "dovecot", Installed = true, Running = runs } }, Mail = new MailStorage { Location = "maildir:~/Maildir", QuotaLoaded = isHeld } };
        if (limit is { } bytes) shares.Mail.QuotaBytes = (ulong)bytes;
        return new Fact { Shares = shares };
    }

    /// <summary>A VPN server that knows an old key, and this one.</summary>
    public static Fact Tunnel(string? key = null, string? endpoint = null, bool starts = true, string link = "wg0")
    {
        var tunnel = new WireGuardTunnel { Interface = link, Enabled = starts, ListenPort = 51820, Peers = { new WireGuardPeer { PublicKey = "b2xk", AllowedIps = { "10.8.0.2/32" } } } };
        if (key is not null && key != "b2xk") tunnel.Peers.Add(new WireGuardPeer { PublicKey = key, AllowedIps = { "10.8.0.3/32" } });
        if (endpoint is not null) tunnel.Peers[^1].EndpointHost = endpoint;
        return new Fact { RemoteAccess = new RemoteAccess { Wireguard = { tunnel } } };
    }

    /// <summary>What the machine calls itself, and how often it was started.</summary>
    public static Fact Started(string name, int times, DateTimeOffset at) =>
        new() { OperatingSystem = new Protocol.OperatingSystem { HostName = name, BootId = $"{name}/{times}", BootedAt = Timestamp.FromDateTimeOffset(at) } };

    private static Protocol.Storage Blocks() => new()
    {
        Devices =
        {
            Disk("sda"), Part("sda1", "sda"), Disk("sdb"), Part("sdb1", "sdb"), Disk("sdc", removable: true), Part("sdc1", "sdc"), new BlockDevice { Name = "loop0", Kind = Kind.Loop },
        },
        Filesystems = { new Filesystem { MountPoint = "/", Source = "/dev/sda1", Type = "ext4" } },
    };

    private static BlockDevice Disk(string name, bool removable = false) => new() { Name = name, Kind = Kind.Disk, Removable = removable };

    private static BlockDevice Part(string name, string disk) => new() { Name = name, Kind = Kind.Partition, LiesOn = { disk } };
}
