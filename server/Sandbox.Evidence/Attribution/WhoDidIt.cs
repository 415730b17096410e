using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>
/// Who made the changes that count, as the acts of the device say it. It is asked again when acts come, for they come after the change that they
/// tell of, and when somebody says who is who: a grade rises and falls with what is known.
/// </summary>
public static class WhoDidIt
{
    /// <summary>Acts of a change may come this much later than the change itself: an agent that was down reads them from the machine's logs.</summary>
    private static readonly TimeSpan OpenToActs = TimeSpan.FromDays(2);

    /// <summary>Who is who on machines may be said this much later.</summary>
    public static TimeSpan OpenToPeople { get; } = TimeSpan.FromDays(30);

    /// <summary>Evidence of which acts that came may say more.</summary>
    /// <param name="evidence">All evidence of the device.</param>
    /// <param name="came">The acts.</param>
    /// <param name="now">The server's clock.</param>
    public static IReadOnlyList<EvidenceItem> OpenTo(IEnumerable<EvidenceItem> evidence, IReadOnlyCollection<SeenAct> came, DateTimeOffset now) =>
        [.. evidence.Where(item => IsOpen(item, now - OpenToActs) && came.Any(act => Concerns(act, item)))];

    /// <summary>Evidence that is new or was seen again, whose grade may be another with that.</summary>
    /// <param name="changed">What crediting noted or looked at.</param>
    public static IEnumerable<EvidenceItem> Graded(IEnumerable<EvidenceItem> changed) => changed.Where(item => item.State != EvidenceState.Undone && item.NotBefore is not null);

    /// <summary>Evidence of which what is said of people may say more.</summary>
    public static IReadOnlyList<EvidenceItem> OpenToHolders(IEnumerable<EvidenceItem> evidence, DateTimeOffset now) => [.. evidence.Where(item => IsOpen(item, now - OpenToPeople))];

    /// <summary>The span of the device's clock whose acts can explain a change. Null: it is not known when the old state was read last.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? ActsOf(EvidenceItem item) => Attributing.Window(item);

    /// <summary>Says who made each change, and what it proves with that; what stays as it is, is left out.</summary>
    /// <param name="open">The evidence.</param>
    /// <param name="acts">Acts of the device in the spans of <see cref="ActsOf"/>.</param>
    /// <param name="holders">Who is who on machines.</param>
    /// <param name="device">The device.</param>
    /// <param name="now">The server's clock.</param>
    public static IReadOnlyList<EvidenceItem> Judge(IEnumerable<EvidenceItem> open, IReadOnlyCollection<SeenAct> acts, Holders holders, DeviceId device, DateTimeOffset now) =>
        [.. from item in open let rule = CreditRules.Of(item.Act) where rule is not null let said = With(item, Attributing.Of(item, rule, acts, holders, device), now) where said != item select said];

    private static bool IsOpen(EvidenceItem item, DateTimeOffset since) => item.State != EvidenceState.Undone && item.NotBefore is not null && item.NotedAt > since;

    private static bool Concerns(SeenAct act, EvidenceItem item) => Attributing.IsWithin(act, item) || act.Id == item.ActId || act.Act.Replaces.Any(id => Convert.ToHexStringLower(id.Span) == item.ActId);

    private static EvidenceItem With(EvidenceItem item, Attributed found, DateTimeOffset now)
    {
        var named = item with
        {
            Grade = found.Grade, GradeReason = Joined(found.Reason, item.Reservation), Person = found.Person, ActId = found.Act?.Id, ActReportId = found.Act?.ReportId,
        };
        if (found.Discounted is { } why) return item.State == EvidenceState.Discounted ? named with { Reason = why } : named with { State = EvidenceState.Discounted, StateSince = now, Reason = why };
        return item.State == EvidenceState.Discounted ? named with { State = EvidenceState.Watched, StateSince = now, Reason = null } : named;
    }

    internal static string Joined(string reason, string? reservation) => reservation is null ? reason : $"{reason}; {reservation}";
}
