using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Which changes on a device count for the Work Process Schedule. What was there when the device was first seen is no change; what is taken
/// back in time earns nothing. Who made it comes from the acts that the device reported: see <see cref="WhoDidIt"/>.
/// </summary>
public static class Crediting
{
    /// <summary>How often a change may be taken back and tried again within its time; further tries earn nothing until that has passed.</summary>
    private const int MostTries = 3;

    /// <summary>Most changes of one device that are noted within a day: more is a machine at work, not a person.</summary>
    private const int MostADay = 100;

    private const string NotTheFirst = "the machine was enrolled before for somebody else, so who left it as it was is not known";

    private const string Vouched =
        "the machine was enrolled before for the same person, and only the administrator who let this device take that one's place can say how it stood then";

    private const string Again = "the machine was enrolled before for the same person: what is broken and mended in between would count each time";

    /// <summary>The lines of the schedule for which devices can show something under a policy; a mentor attests the others.</summary>
    public static IReadOnlyList<string> Lines(Policy policy) => [.. CreditRules.All.Where(rule => rule.IsUnder(policy)).Select(rule => rule.Line).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Kinds that crediting reads beside those that the policy reads; of all that can begin it also reads what the device said first.</summary>
    public static IReadOnlyList<Fact.KindOneofCase> Reads { get; } =
    [
        Fact.KindOneofCase.Accounts, Fact.KindOneofCase.PasswordPolicy,
        Fact.KindOneofCase.Hardware, Fact.KindOneofCase.NetworkInterfaces, Fact.KindOneofCase.OperatingSystem,
        Fact.KindOneofCase.Software, Fact.KindOneofCase.Printing, Fact.KindOneofCase.Shares, Fact.KindOneofCase.Services, Fact.KindOneofCase.Storage,
        Fact.KindOneofCase.Wifi, Fact.KindOneofCase.Neighbours, Fact.KindOneofCase.AdminRights, Fact.KindOneofCase.RemoteAccess,
    ];

    /// <summary>Whether a fact can be what the device said first: later ones are compared with it, so what it lists must be all there is.</summary>
    public static bool CanBegin(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return Beginnable.Is(fact);
    }

    /// <summary>When a change may hold, if a report from then on says so. Null: there is no such act any more.</summary>
    /// <param name="act"><see cref="EvidenceItem.Act"/>.</param>
    /// <param name="notedAt">When the server noted it.</param>
    public static DateTimeOffset? HoldsFrom(string act, DateTimeOffset notedAt) => CreditRules.Of(act) is { } rule ? notedAt + rule.Dwell : null;

    /// <summary>Whether what was noted of an act can be seen again later, or is over with being done.</summary>
    /// <param name="act"><see cref="EvidenceItem.Act"/>.</param>
    public static bool CanBeSeenAgain(string act) => CreditRules.Of(act)?.CanBeSeenAgain ?? true;

    /// <summary>The next instant at which a report may say more of what was noted. Null: none is known.</summary>
    public static DateTimeOffset? NextLook(IEnumerable<EvidenceItem> evidence) => evidence.Min(Looking.Next);

    /// <summary>Until when what was noted under another boot of the device is to be looked at under this one. Null: nothing is.</summary>
    /// <param name="evidence">All evidence of the device.</param>
    /// <param name="boot">The boot that the device is in. Null: it does not say.</param>
    public static DateTimeOffset? RestartWantedUntil(IEnumerable<EvidenceItem> evidence, string? boot) =>
        boot is null ? null : evidence.Where(item => item.Boot != boot).Max(Looking.RestartWantedUntil);

    /// <summary>Random id of the boot that a device is in. Null: it does not say.</summary>
    public static string? BootOf(DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Looking.BootOf(facts);
    }

    /// <summary>Evidence that is new, and evidence that became another; what stays as it is, is left out.</summary>
    /// <param name="device">What is known of the device.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="newId">Makes the random id of a new piece.</param>
    public static IReadOnlyList<EvidenceItem> Judge(DeviceCase device, DateTimeOffset now, Func<Guid> newId)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(newId);
        if (!device.OwnerIsApprentice) return [];
        var settled = device.Evidence.Where(item => item.State != EvidenceState.Undone).Select(item => Settled(item, device, now)).OfType<EvidenceItem>().ToList();
        if (IsAgain(device)) return settled;
        var found = CreditRules.All.SelectMany(rule => rule.Find(device, now).Where(credit => Counts(rule, credit, device, now)).Select(credit => Noted(rule, Reserved(credit, device), device, now, newId()))).ToLookup(ComesInMasses);
        return [.. settled, .. found[false].Take(Room(false, device, now)), .. found[true].Take(Room(true, device, now))];
    }

    // A hundred packages in the morning must not shut out the printer of the afternoon.
    private static bool ComesInMasses(EvidenceItem item) => item.Act == "package.installed";

    private static int Room(bool masses, DeviceCase device, DateTimeOffset now) => Math.Max(0, MostADay - device.Evidence.Count(item => item.NotedAt > now - TimeSpan.FromDays(1) && ComesInMasses(item) == masses));

    // A new enrolment is a new beginning, with other things wrong at first; the person who made it may have made them.
    private static bool IsAgain(DeviceCase device) => Beginnings.Of(device.Others) == Beginning.Again;

    // What a seeded fault broke did not begin broken: who had the machine before matters not.
    private static Credit Reserved(Credit credit, DeviceCase device) => credit.Seeded is not null ? Reserved(credit, Seeded.Reservation) : Beginnings.Of(device.Others) switch
    {
        Beginning.SomebodyElses => Reserved(credit, NotTheFirst),
        Beginning.Replaced => Reserved(credit, Vouched),
        _ => credit,
    };

    private static Credit Reserved(Credit credit, string why) => credit with { Reservation = credit.Reservation is { } words ? $"{words}; {why}" : why };

    private static EvidenceItem? Settled(EvidenceItem item, DeviceCase device, DateTimeOffset now) =>
        Looking.IsOpen(item, now) && CreditRules.Of(item.Act) is { } rule ? Looking.Again(item, rule, Look(rule, item, device, now), device.Facts, now) : null;

    private static Standing Look(ICreditRule rule, EvidenceItem item, DeviceCase device, DateTimeOffset now) =>
        IsAgain(device) ? new Standing.TakenBack(Again) : Seeded.Look(item, device) ?? rule.Look(item, device, now);

    private static bool Counts(ICreditRule rule, Credit credit, DeviceCase device, DateTimeOffset now)
    {
        var same = device.Evidence.Where(item => item.Line == rule.Line && item.Target == credit.Target).ToList();
        // A fault that was seeded is repaired once at the most, and what undid it was nobody's try.
        // What a machine did by itself keeps nobody from doing it the next time.
        return same.TrueForAll(item => item.State == EvidenceState.Undone || item is { State: EvidenceState.Discounted, ActId: null }) && same.Count(item => item.Seeded is null && item.NotedAt > now - rule.Dwell) < MostTries;
    }

    private static EvidenceItem Noted(ICreditRule rule, Credit credit, DeviceCase device, DateTimeOffset now, Guid id) => new()
    {
        Id = id,
        Line = rule.Line,
        Act = rule.Act,
        Target = credit.Target,
        State = EvidenceState.Watched,
        Grade = Grade.E1,
        GradeReason = WhoDidIt.Joined(rule.Unseen ?? Attributing.Unseen, credit.Reservation),
        Reservation = credit.Reservation,
        Seeded = credit.Seeded,
        Before = credit.Before,
        After = credit.After,
        BeforeReportId = credit.BeforeReportId,
        ReportId = credit.Shown.ReportId,
        NotBefore = rule.Unseen is null ? credit.NotBefore : null,
        ChangedAt = credit.Shown.ChangedAt,
        HappenedAt = Happened(credit.Shown.ChangedAt, device.ClockOffset, now),
        NotedAt = now,
        StateSince = now,
        Boot = rule.CanBeSeenAgain ? Looking.BootOf(device.Facts) : null,
    };

    // By the device's clock set right; a clock that was set meanwhile cannot put it after the report.
    private static DateTimeOffset Happened(DateTimeOffset read, TimeSpan offset, DateTimeOffset now) => Instant.SetRight(read, offset) is var at && at < now ? at : now;
}
