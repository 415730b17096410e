using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Looks again at changes that were noted (guard G2): an hour later, a day later, when their time is up, and after a restart of the machine.</summary>
internal static class Looking
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What is taken back sooner earns nothing, though it had held; what was there for longer had its use.</summary>
    private static readonly TimeSpan MustStay = TimeSpan.FromDays(7);

    /// <summary>So long a restart is waited for, and what others say.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether anything can still become of it.</summary>
    public static bool IsOpen(EvidenceItem item, DateTimeOffset now) => item.State switch
    {
        EvidenceState.Undone => false,
        EvidenceState.Held => now < item.NotedAt + MustStay || RestartWantedUntil(item) > now,
        _ => true,
    };

    /// <summary>When the next look is due. Null: none, or only after a restart. What held was seen after an hour and after a day.</summary>
    public static DateTimeOffset? Next(EvidenceItem item)
    {
        if (item.State != EvidenceState.Watched || CreditRules.Of(item.Act) is not { } rule) return null;
        if (rule.Dwell < Hour) return item.NotedAt + rule.Dwell;
        return item.NotedAt + (item.Looks.AfterHour is null ? Hour : item.Looks.AfterDay is null && Day < rule.Dwell ? Day : rule.Dwell);
    }

    /// <summary>Until when a look after a restart counts; that it has restarted shows in <see cref="EvidenceItem.Boot"/>. Null: none is wanted.</summary>
    public static DateTimeOffset? RestartWantedUntil(EvidenceItem item) =>
        item is { State: EvidenceState.Watched or EvidenceState.Held, Boot: not null, Looks.AfterRestart: null } ? item.NotedAt + Longest : null;

    /// <summary>The boot that the device is in. Null: it does not say.</summary>
    public static string? BootOf(DeviceFacts facts) => System(facts) is { HasBootId: true, BootId: var boot } ? boot : null;

    /// <summary>What has become of a change. Null: nothing new.</summary>
    /// <param name="item">The change.</param>
    /// <param name="rule">What it counts by.</param>
    /// <param name="standing">Whether it is still there.</param>
    /// <param name="facts">What the device says.</param>
    /// <param name="now">The server's clock.</param>
    public static EvidenceItem? Again(EvidenceItem item, ICreditRule rule, Standing standing, DeviceFacts facts, DateTimeOffset now) => standing switch
    {
        Standing.TakenBack(var reason) when item.State != EvidenceState.Held => item with { State = EvidenceState.Undone, StateSince = now, Reason = reason },
        Standing.TakenBack(var reason) when now < item.NotedAt + MustStay && !rule.WearsOff =>
            item with { State = EvidenceState.Undone, StateSince = now, Reason = $"it had held until {Instant.Words(item.StateSince)}, and then: {reason}" },
        Standing.Stands stands when item.State != EvidenceState.Discounted && Seen(item, rule, stands, facts, now) is var seen && seen != item => seen,
        _ => null,
    };

    private static EvidenceItem Seen(EvidenceItem item, ICreditRule rule, Standing.Stands stands, DeviceFacts facts, DateTimeOffset now)
    {
        var looks = item.Looks;
        if (!rule.CanBeSeenAgain) return Settled(item, item, rule, stands, now);
        if (looks.AfterHour is null && IsDue(stands, item, Hour)) looks = looks with { AfterHour = stands.ReceivedAt };
        if (looks.AfterDay is null && IsDue(stands, item, Day)) looks = looks with { AfterDay = stands.ReceivedAt };
        if (RestartWantedUntil(item) > now && IsAfterRestart(stands, item, facts)) looks = looks with { AfterRestart = stands.ReceivedAt };
        var seen = looks == item.Looks ? item : item with { Looks = looks, Boot = item.Boot ?? BootOf(facts) };
        return Settled(item, seen, rule, stands, now);
    }

    private static EvidenceItem Settled(EvidenceItem item, EvidenceItem seen, ICreditRule rule, Standing.Stands stands, DateTimeOffset now) =>
        item.State == EvidenceState.Watched && IsDue(stands, item, rule.Dwell) ? seen with { State = EvidenceState.Held, StateSince = now, Reason = StillSo(stands) } : seen;

    // By both clocks: the server's cannot be turned by who has the device, and by the device's a report that waited in its spool is an old one.
    private static bool IsDue(Standing.Stands stands, EvidenceItem item, TimeSpan after) =>
        stands.ReceivedAt >= item.NotedAt + after && (stands.ReadAt is not { } read || read >= item.ChangedAt + after);

    // The id tells a restart from a clock that was set; what was read before the restart says nothing of the time after it.
    private static bool IsAfterRestart(Standing.Stands stands, EvidenceItem item, DeviceFacts facts) =>
        stands is { ReceivedAt: not null, ReadAt: { } read } && BootOf(facts) is { } boot && boot != item.Boot && SeenAct.At(System(facts)!.BootedAt) is { } booted && booted > item.ChangedAt && read >= booted;

    private static string StillSo(Standing.Stands stands) => stands.ReadAt is { } read
        ? $"it was still so when the device read it on {Instant.Words(read)}"
        : $"the device was still reporting on {Instant.Words(stands.ReceivedAt!.Value)}";

    private static Sandbox.Protocol.OperatingSystem? System(DeviceFacts facts) => facts[Fact.KindOneofCase.OperatingSystem]?.Fact.OperatingSystem;
}
