using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Lab;

/// <summary>Something that apprentices do on machines: how a machine is before and after, and the act that does it.</summary>
/// <param name="Line">Line of the schedule that it counts for.</param>
/// <param name="Name">What it is, for people.</param>
/// <param name="Wrong">What the machine says before.</param>
/// <param name="Right">What it says after.</param>
/// <param name="Done">The act without its actor.</param>
internal sealed record Work(string Line, string Name, Fact Wrong, Fact Right, Action<AdminAct> Done)
{
    /// <summary>What the machine says besides, from the first on.</summary>
    public IReadOnlyList<Fact> Besides { get; init; } = [];

    /// <summary>It is an act alone, after which the machine is as before.</summary>
    public bool IsAct { get; init; }

    /// <summary>Sorts of change that count for another line and come with it, as the evidence says.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>What only looks like the work, done by Anna and well on record.</summary>
    public IReadOnlyList<Lookalike> Lookalikes { get; init; } = [];

    /// <summary>All that a server can see today, each with its act as an agent reports it.</summary>
    public static IReadOnlyList<Work> All { get; } =
    [
        .. WorkOnThings.All,
        new("1.3", "adds an account", Accounts(Person("elif", 1000)), Accounts(Person("elif", 1000), Person("newbie", 1001)), On("newbie", Action.AddAccount)),
        new("1.3", "raises the length of passwords", Length(8), Length(14), Ran("/usr/bin/nano", "/etc/security/pwquality.conf")),
        new("1.4", "shuts root's login over SSH", Ssh("yes"), Ssh("no"), Ran("/usr/bin/sed", "-i", "/etc/ssh/sshd_config")),
        new("1.9", "closes an account", Accounts(Person("elif", 1000), Person("leaver", 1001)), Accounts(Person("elif", 1000)), On("leaver", Action.RemoveAccount)),
        new("4.3", "switches the firewall on", Wall(FirewallDefault.Allow), Wall(FirewallDefault.Deny), Ran("/usr/sbin/ufw", "enable")),
        new("4.3", "starts the malware scanner", Scanner(false, -1), Scanner(true, -1), Started("clamav-daemon.service"))
        {
            Lookalikes = [new("it is told to look away", [Scanner(true, -1, exclusions: 3)], Started("clamav-daemon.service"))],
        },
        new("4.8", "makes a backup", Backups(false), Backups(true), Ran("/usr/bin/restic", "backup"))
        {
            Lookalikes = [new("of an empty folder", [Backups(true, bytes: 2_000)], Ran("/usr/bin/restic", "backup")), new("onto the disk that it saves", [Backups(true, otherDevice: false)], Ran("/usr/bin/restic", "backup"))],
        },
        new("7.1", "puts the age of a password right", Accounts(Aged(99999)), Accounts(Aged(90)), On("elif", Action.ChangeAgeing)),
        new("7.2", "takes sudo without a password away", Rights(open: true), Rights(open: false), Ran("/usr/sbin/visudo", "-f", "/etc/sudoers.d/lab")),
        new("7.3", "renews the definitions of malware", Scanner(true, -20), Scanner(true, -1), Ran("/usr/bin/freshclam"))
        {
            Lookalikes = [new("they are told to leave more alone", [Scanner(true, -1, exclusions: 3)], Ran("/usr/bin/freshclam")), new("old ones are put in place of older ones", [Scanner(true, -15)], Ran("/usr/bin/freshclam"))],
        },
        new("7.5", "encrypts the system's volume", Volume(DataPlace.Types.State.Clear), Volume(DataPlace.Types.State.Encrypted), Ran("/usr/sbin/cryptsetup", "reencrypt")),
    ];

    private static Account Aged(int days) => Person("elif", 1000, x => (x.LastChangeDay, x.MaxDays) = ((LabBench.Start - DateTimeOffset.UnixEpoch).Days - 10, days));

    public static Fact Accounts(params Account[] accounts) => new() { Accounts = Of(accounts) };

    private static Fact Length(uint characters) => new() { PasswordPolicy = new PasswordPolicy { QualityEnforced = true, EffectiveMinLength = characters } };

    private static Fact Ssh(string root) => new() { RemoteAccess = new RemoteAccess { SshdInstalled = true, SshdSettings = { new ConfiguredSetting { Name = "PermitRootLogin", Effective = root } } } };

    private static Fact Wall(FirewallDefault input) => new() { Firewall = new Firewall { Ipv4Input = input, Ipv6Input = input } };

    private static Fact Scanner(bool running, int builtDays, uint exclusions = 0) =>
        new() { Antivirus = new Antivirus { Products = { new AntivirusProduct { Name = "ClamAV", Running = running, Exclusions = exclusions, DefinitionsBuiltAt = Timestamp.FromDateTimeOffset(LabBench.Start.AddDays(builtDays)) } } } };

    private static Fact Backups(bool made, ulong bytes = 1 << 20, bool otherDevice = true) => new()
    {
        Backup = !made ? new Backup() : new Backup { Stores = { new BackupStore { Program = "restic", OtherDevice = otherDevice, SizeBytes = bytes, LastSucceeded = Timestamp.FromDateTimeOffset(LabBench.Start) } } },
    };

    private static Fact Rights(bool open)
    {
        var rights = new AdminRights { SudoInstalled = true };
        if (open) rights.Grants.Add(new SudoGrant { WhoKind = SudoGrant.Types.Who.Everybody, NoPassword = true });
        return new Fact { AdminRights = rights };
    }

    private static Fact Volume(DataPlace.Types.State state) => new() { Encryption = new Encryption { Places = { new DataPlace { Path = "/", State = state } } } };

    public static Action<AdminAct> On(string account, Action action) => On("account", account, action);

    public static Action<AdminAct> On(string kind, string name, Action action, string? detail = null, string verb = "") => act =>
    {
        (act.Action, act.Verb) = (action, verb);
        act.Objects.Add(new ActObject { Kind = kind, Name = name });
        if (detail is not null) act.Objects[^1].Detail = detail;
    };

    public static Action<AdminAct> Ran(string program, params string[] arguments) => act =>
    {
        (act.Action, act.Program) = (Action.Run, program);
        act.Arguments.AddRange(arguments);
    };

    private static Action<AdminAct> Started(string unit) => act =>
    {
        act.Action = Action.StartService;
        act.Objects.Add(new ActObject { Kind = "service", Name = unit });
    };
}

/// <summary>Something that only looks like a piece of work.</summary>
/// <param name="Way">What it is, for people.</param>
/// <param name="Says">What the machine says after it.</param>
/// <param name="Done">The act without its actor.</param>
internal sealed record Lookalike(string Way, IReadOnlyList<Fact> Says, Action<AdminAct> Done);
