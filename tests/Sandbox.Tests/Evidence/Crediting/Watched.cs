using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>An apprentice's device that says one thing after the other, and what crediting makes of it.</summary>
internal sealed class Watched
{
    public static readonly DateTimeOffset Enrolled = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Day number of <see cref="Enrolled"/>.</summary>
    public const int Today = 20780;

    private readonly DeviceFacts _facts = new();
    private readonly DeviceFacts _first = new();
    private long _report;

    public bool OwnerIsApprentice { get; init; } = true;

    /// <summary>Other devices with its hardware.</summary>
    public List<SameMachine> Others { get; } = [];

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

    /// <summary>A report that says that all is as it was.</summary>
    public Watched SaysTheSame()
    {
        _facts.HeardAt = Now;
        foreach (var fact in _facts.All.ToList()) _facts.Verified(fact.Fact.KindCase, Now + Ahead, Now);
        return Judge([]);
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

    private static Fact Fact(IMessage message) => message switch
    {
        Accounts accounts => new Fact { Accounts = accounts },
        PasswordPolicy policy => new Fact { PasswordPolicy = policy },
        Hardware hardware => new Fact { Hardware = hardware },
        NetworkInterfaces network => new Fact { NetworkInterfaces = network },
        Protocol.OperatingSystem system => new Fact { OperatingSystem = system },
        _ => throw new ArgumentException($"{message.Descriptor.Name} is no fact that crediting reads.", nameof(message)),
    };

    private Watched Judge(HashSet<Fact.KindOneofCase> changed)
    {
        var device = new DeviceCase
        {
            Policy = LabDefault.Policy, Facts = _facts, Baseline = _first, Changed = changed, OwnerIsApprentice = OwnerIsApprentice, EnrolledAt = Enrolled,
            Others = Others, Evidence = Evidence.Values,
        };
        foreach (var item in Sandbox.Evidence.Crediting.Crediting.Judge(device, Now, Guid.NewGuid)) Evidence[item.Id] = item;
        return this;
    }
}
