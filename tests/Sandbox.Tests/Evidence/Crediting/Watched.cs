using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>An apprentice's device that says one thing after the other, and what crediting makes of it.</summary>
internal sealed class Watched
{
    public static readonly DateTimeOffset Enrolled = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Day number of <see cref="Enrolled"/>.</summary>
    public const int Today = 20780;

    /// <summary>Its id.</summary>
    public static readonly DeviceId Device = DeviceId.From(Convert.FromHexString("00112233445566778899aabbccddeeff"));

    private readonly DeviceFacts _facts = new();
    private readonly DeviceFacts _first = new();
    private long _report;
    private bool _late;

    public bool OwnerIsApprentice { get; init; } = true;

    /// <summary>What judges it.</summary>
    public Policy Policy { get; set; } = LabDefault.Policy;

    /// <summary>Other devices with its hardware.</summary>
    public List<SameMachine> Others { get; } = [];

    /// <summary>Faults that were seeded on it.</summary>
    public List<Seeded> Seeded { get; } = [];

    /// <summary>Who is who on machines.</summary>
    public List<AccountHolder> Holders { get; } = [];

    /// <summary>Acts that the device has reported.</summary>
    public List<SeenAct> Acts { get; } = [];

    /// <summary>What the device's clock is ahead of the server's.</summary>
    public TimeSpan Ahead { get; set; }

    public DateTimeOffset Now { get; private set; } = Enrolled;

    public Dictionary<Guid, EvidenceItem> Evidence { get; } = [];

    public EvidenceItem Only => Assert.Single(Evidence.Values);

    /// <summary>Lets time pass.</summary>
    public Watched After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>What people say of it from now on.</summary>
    public Watched Is(AboutDevice about)
    {
        _facts.About = about;
        return this;
    }

    /// <summary>A report with these facts.</summary>
    public Watched Says(params IMessage[] facts)
    {
        _facts.HeardAt = Now;
        var changed = new HashSet<Fact.KindOneofCase>();
        foreach (var fact in facts.Select(Fact))
        {
            var reported = new ReportedFact(fact, ++_report, Now + Ahead, Now + Ahead) { ReceivedAt = Now };
            if (_first[fact.KindCase] is null && Sandbox.Evidence.Crediting.Crediting.CanBegin(fact)) _first.Put(reported);
            _facts.Put(reported);
            changed.Add(fact.KindCase);
        }
        return Judge(changed);
    }

    /// <summary>A report of what was read long before, by a clock that is right.</summary>
    public Watched SaysLate(TimeSpan before, params IMessage[] facts)
    {
        (_late, Ahead) = (true, -before);
        return Says(facts);
    }

    /// <summary>A report that says that all is as it was.</summary>
    public Watched SaysTheSame()
    {
        _facts.HeardAt = Now;
        foreach (var fact in _facts.All.ToList()) _facts.Verified(fact.Fact.KindCase, Now + Ahead, Now);
        return Judge([]);
    }

    /// <summary>A report of acts.</summary>
    public Watched Tells(params AdminAct[] acts)
    {
        _facts.HeardAt = Now;
        var came = acts.Select(act => new SeenAct(act, _report + 1)).ToList();
        _report++;
        Acts.RemoveAll(known => acts.Any(act => act.Id == known.Act.Id || act.Replaces.Contains(known.Act.Id)));
        Acts.AddRange(came);
        Judge([], came);
        return Attribute(WhoDidIt.OpenTo(Evidence.Values, came, Now));
    }

    /// <summary>The machine restarts and says so; nothing is read anew yet.</summary>
    public Watched Restarts(string boot) => Says(new Sandbox.Protocol.OperatingSystem { BootId = boot, BootedAt = Timestamp.FromDateTimeOffset(Now + Ahead) });

    /// <summary>Machines of others are asked; they say this.</summary>
    public Watched IsSeenBy(params OthersFact[] others)
    {
        var seen = from item in Evidence.Values
                   where Outlooks.WantedUntil(item) > Now
                   from outlook in Outlooks.Of(item, _facts)
                   let saw = Outlooks.Find(item, outlook, (kind, _) => others.Where(one => one.Fact.KindCase == kind))
                   where saw is not null
                   select item with { SeenElsewhere = saw };
        return Attribute([.. seen]);
    }

    /// <summary>Somebody said who is who, or took it back.</summary>
    public Watched Knows(params AccountHolder[] holders)
    {
        Holders.AddRange(holders);
        return Attribute(WhoDidIt.OpenToHolders(Evidence.Values, Now));
    }

    /// <summary>No report: time alone passed.</summary>
    public Watched IsSilent() => Judge([]);

    public static Account Person(string name, uint uid, Action<Account>? change = null)
    {
        var account = new Account
        {
            Name = name, Uid = uid, Gid = uid, Shell = "/bin/bash", ShellClass = ShellClass.Login, PasswordState = PasswordState.Set,
            LastChangeDay = Today - 10, MaxDays = 90,
        };
        change?.Invoke(account);
        return account;
    }

    public static Accounts Of(params Account[] accounts) => new() { UidMin = 1000, Accounts_ = { accounts } };

    /// <summary>The accounts could not be read.</summary>
    public static Accounts Unreadable() => new() { Unseen = { new Unseen { What = "/etc/passwd", Why = "permission denied" } } };

    private static Fact Fact(IMessage message)
    {
        var fact = new Fact();
        Sandbox.Protocol.Fact.Descriptor.Fields.InDeclarationOrder().Single(field => field.MessageType == message.Descriptor).Accessor.SetValue(fact, message);
        return fact;
    }

    private Watched Judge(HashSet<Fact.KindOneofCase> changed, IReadOnlyCollection<SeenAct>? came = null)
    {
        var device = new DeviceCase
        {
            Policy = Policy.For(_facts), Facts = _facts, Baseline = _first, Changed = changed, Acts = came ?? [], OwnerIsApprentice = OwnerIsApprentice, EnrolledAt = Enrolled,
            Others = Others, Seeded = Seeded, Evidence = Evidence.Values, ClockOffset = _late ? TimeSpan.Zero : Ahead,
        };
        var items = Sandbox.Evidence.Crediting.Crediting.Judge(device, Now, Guid.NewGuid);
        foreach (var item in items) Evidence[item.Id] = item;
        return Attribute([.. WhoDidIt.Graded(items)]);
    }

    private Watched Attribute(IReadOnlyList<EvidenceItem> open)
    {
        foreach (var item in WhoDidIt.Judge(open, Acts, new Holders(Holders), Device, Now)) Evidence[item.Id] = item;
        return this;
    }
}
