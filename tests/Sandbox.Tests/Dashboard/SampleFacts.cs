using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Tests.Dashboard;

/// <summary>Facts as a workstation of a lab reports them.</summary>
internal static class SampleFacts
{
    public static Fact Policy(uint minLength = 14, int maxAge = 90, Action<PasswordPolicy>? change = null)
    {
        var policy = new PasswordPolicy
        {
            EffectiveMinLength = minLength, ConfiguredMinLength = (int)minLength, QualityEnforced = true, QualityBindsRoot = true, DictionaryUsable = true,
            DefaultMaxAgeDays = maxAge, DefaultMinAgeDays = 1, DefaultWarnDays = 7, History = 5, LockoutThreshold = 5, LockoutWindowSeconds = 900, LockoutSeconds = 900,
            LockoutPermanent = false, LockoutBindsRoot = true, HashScheme = "yescrypt", EmptyPasswordsAccepted = false,
        };
        policy.Settings.Add(new ConfiguredSetting
        {
            Name = "login.defs.PASS_MAX_DAYS", Effective = maxAge.ToString(System.Globalization.CultureInfo.InvariantCulture), Origin = ConfiguredSetting.Types.Origin.File,
            Definitions = { new SettingDefinition { Path = "/etc/login.defs", Line = 165, Value = maxAge.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
        });
        policy.PamLines.Add(new PamLine { Path = "/etc/pam.d/common-password", Line = 25, Type = "password", Control = "requisite", Module = "pam_pwquality.so", Arguments = { "retry=3" } });
        change?.Invoke(policy);
        return new Fact { PasswordPolicy = policy };
    }

    public static Fact Accounts(Action<Accounts>? change = null)
    {
        var accounts = new Accounts { UidMin = 1000 };
        accounts.Accounts_.Add(Person("root", 0, "root"));
        accounts.Accounts_.Add(Person("elif", 1000, "elif", "sudo"));
        accounts.Accounts_.Add(new Account
        {
            Name = "daemon", Uid = 1, Gid = 1, Shell = "/usr/sbin/nologin", ShellClass = Account.Types.ShellClass.NoLogin, System = true,
            PasswordState = Account.Types.PasswordState.None, Administrator = false, Groups = { "daemon" },
        });
        change?.Invoke(accounts);
        return new Fact { Accounts = accounts };
    }

    public static Account Person(string name, uint uid, params string[] groups) => new()
    {
        Name = name, Uid = uid, Gid = uid, Shell = "/bin/bash", ShellClass = Account.Types.ShellClass.Login, PasswordState = Account.Types.PasswordState.Set,
        HashScheme = Account.Types.HashScheme.Yescrypt, LastChangeDay = 20_760, MinDays = 1, MaxDays = 90, WarnDays = 7, PasswordExpiresDay = 20_850,
        MustChange = false, Administrator = uid == 0 || groups.Contains("sudo"), Groups = { groups },
    };

    public static Fact Os(DateTimeOffset now, string name = "Debian GNU/Linux 12 (bookworm)", string host = "lab-b0007") => new()
    {
        OperatingSystem = new Protocol.OperatingSystem
        {
            Family = Protocol.OperatingSystem.Types.Family.Linux, Id = "debian", Name = name, Version = "12", Build = "12.11", Kernel = "6.1.0-37-amd64", Architecture = "x86_64",
            HostName = host, BootedAt = now.AddHours(-31).ToTimestamp(), BootId = "5d5f3f0e-2f0e-4f7e-9a41-1b7f6a2f2f10", MachineId = "0f6a1c0f5e0e4b8d9c2b1a7f3e5d6c4b",
            TimeZone = "Europe/Berlin", InstalledAt = now.AddDays(-120).ToTimestamp(), RestartRequired = false,
        },
    };

    public static Fact Machine() => new()
    {
        Hardware = new Hardware
        {
            Manufacturer = "Dell Inc.", Product = "OptiPlex 7010", Chassis = "desktop", Processor = "13th Gen Intel Core i5-13500", LogicalProcessors = 20, Cores = 14,
            MemoryBytes = 16_624_123_904, Firmware = "Dell Inc. 1.14.0",
            Disks = { new Disk { Name = "nvme0n1", Model = "PM9A1 NVMe Samsung 512GB", SizeBytes = 512_110_190_592, Rotational = false, Removable = false } },
            Unseen = { new Unseen { What = "/sys/class/dmi/id/product_serial", Why = "permission denied", Remedy = "run the agent as root: sudo systemctl restart sandbox-agent" } },
        },
    };

    public static Fact Network() => new()
    {
        NetworkInterfaces = new NetworkInterfaces
        {
            Interfaces =
            {
                new NetworkInterface { Name = "eno1", Medium = NetworkInterface.Types.Medium.Ethernet, State = NetworkInterface.Types.State.Up, MacAddress = "a4:bb:6d:12:34:56", LocallyAdministered = false, SpeedMbps = 1000, MtuBytes = 1500, Addresses = { "192.0.2.7/24", "fe80::1/64" }, Enabled = true },
                new NetworkInterface { Name = "lo", Medium = NetworkInterface.Types.Medium.Loopback, State = NetworkInterface.Types.State.Unknown, MtuBytes = 65536, Addresses = { "127.0.0.1/8" }, Enabled = true },
            },
            Gateways = { "192.0.2.1" }, NameServers = { "192.0.2.53" },
        },
    };

    public static Fact Packages(int count = 412)
    {
        var software = new Software();
        for (var i = 0; i < count; i++)
            software.Packages.Add(new Package { Name = $"package-{i:000}", Version = $"1.{i}-2+deb12u1", Architecture = "amd64", Automatic = i % 5 != 0 });
        return new Fact { Software = software };
    }

    public static Fact Antivirus(DateTimeOffset built, Action<AntivirusProduct>? change = null)
    {
        var product = new AntivirusProduct
        {
            Name = "ClamAV", Version = "1.4.6", Running = true, State = "VALID PRIMARY", RealTime = false, DefinitionsLoaded = "27999", DefinitionsOnDisk = "27999",
            DefinitionsBuiltAt = built.ToTimestamp(), Signatures = 8_708_643, UpdateScheduled = true, UpdateSources = { "freshclam runs" }, Exclusions = 2, IgnoredSignatures = 0,
            Databases = { new SignatureDatabase { File = "daily.cld", Version = 27_999, BuiltAt = built.ToTimestamp(), Signatures = 2_061_216, Official = true } },
        };
        change?.Invoke(product);
        return new Fact { Antivirus = new Protocol.Antivirus { Products = { product } } };
    }

    public static Fact Health(DateTimeOffset now) => new()
    {
        AgentHealth = new AgentHealth
        {
            Version = "0.1.0", StartedAt = now.AddHours(-30).ToTimestamp(), CpuSeconds = 12.4, ResidentBytes = 14_680_064, SpoolBytes = 81_920, SpoolLimitBytes = 268_435_456,
            UnacknowledgedReports = 0, Privileged = true, ClockOffsetMs = 40, User = "root",
            Collectors =
            {
                new CollectorHealth { Name = "accounts", State = CollectorHealth.Types.State.Ok, DurationMs = 3.2, Watches = 5 },
                new CollectorHealth { Name = "hardware", State = CollectorHealth.Types.State.Partial, DurationMs = 11.8, Message = "1 thing could not be seen" },
            },
        },
    };

    public static Fact Rights() => new()
    {
        AdminRights = new AdminRights
        {
            SudoInstalled = true, Files = { "/etc/sudoers", "/etc/sudoers.d/lab" },
            Grants = { new SudoGrant { WhoKind = SudoGrant.Types.Who.Group, Who = "sudo", EveryHost = true, AsUsers = { "ALL" }, AsGroups = { "ALL" }, AllCommands = true, Forbidden = { "/bin/su" }, NoPassword = true, SetEnvironment = true, Path = "/etc/sudoers.d/lab", Line = 2 } },
            FullAdministrators = { new FullAdministrator { Name = "elif", Uid = 1000, Through = "%sudo", NoPassword = true, WithExceptions = true, Path = "/etc/sudoers.d/lab", Line = 2 } },
            Groups = { new AdminGroup { Name = "sudo", Gid = 27, FullGrant = true, Path = "/etc/sudoers.d/lab", Line = 2, Members = { "elif" } } },
            Settings = { new ConfiguredSetting { Name = "use_pty", Effective = "on", Origin = ConfiguredSetting.Types.Origin.File, Definitions = { new SettingDefinition { Path = "/etc/sudoers", Line = 9, Value = "on" } } } },
            PolkitFiles = { new PolkitFile { Path = "/usr/share/polkit-1/rules.d/50-default.rules", Identities = { "unix-group:sudo" } } },
        },
    };

    public static Fact Remote() => new()
    {
        RemoteAccess = new RemoteAccess
        {
            SshdInstalled = true, SshdEnabled = true, SshdRunning = true, SshdListening = { "0.0.0.0:22", "[::]:22" },
            SshdSettings =
            {
                new ConfiguredSetting
                {
                    Name = "PermitRootLogin", Effective = "no", Origin = ConfiguredSetting.Types.Origin.File,
                    Definitions =
                    {
                        new SettingDefinition { Path = "/etc/ssh/sshd_config.d/lab.conf", Line = 1, Value = "no" },
                        new SettingDefinition { Path = "/etc/ssh/sshd_config", Line = 40, Value = "yes", Condition = "Address 192.0.2.0/24" },
                    },
                },
            },
            HostKeys = { new SshKey { Path = "/etc/ssh/ssh_host_ed25519_key.pub", Line = 1, Type = "ssh-ed25519", Bits = 256, Fingerprint = "SHA256:hosthosthosthost", Comment = "root@lab" } },
            AuthorizedKeys = { new AuthorizedKeys { Account = "elif", Count = 1, Keys = { new SshKey { Path = "/home/elif/.ssh/authorized_keys", Line = 3, Type = "ssh-rsa", Bits = 3072, Fingerprint = "SHA256:elifelifelifelif", Options = { "from" } } } } },
            Wireguard = { new WireGuardTunnel { Interface = "wg0", Path = "/etc/wireguard/wg0.conf", Enabled = true, ListenPort = 51820, PeerCount = 1, Peers = { new WireGuardPeer { PublicKey = "peerpeer=", AllowedIps = { "10.0.0.2/32" }, EndpointHost = "vpn.example.org" } } } },
            Openvpn = { new OpenVpnTunnel { Name = "lab", Path = "/etc/openvpn/lab.conf", Role = OpenVpnTunnel.Types.Role.Client, Enabled = false, Remotes = { "vpn.example.org 1194" }, Cipher = "AES-256-GCM" } },
            NetworkManagerVpns = { new NetworkManagerVpn { Path = "/etc/NetworkManager/system-connections/home.nmconnection", Name = "Home", Uuid = "5d5f3f0e-2f0e-4f7e-9a41-1b7f6a2f2f10", Type = "vpn" } },
            Programs = { new RemoteProgram { Name = "xrdp", Kind = RemoteProgram.Types.Kind.RemoteDesktop, Path = "/usr/sbin/xrdp", Enabled = true, Running = true, Listening = { "[::]:3389" } } },
        },
    };

    public static Fact[] All(DateTimeOffset now) =>
    [
        Policy(),
        Accounts(),
        Os(now),
        Machine(),
        Network(),
        Packages(),
        Antivirus(now.AddHours(-9)),
        Health(now),
        Rights(),
        Remote(),
    ];
}
