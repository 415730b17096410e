using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Whether machines of others saw what a change brought about: whoever has root's rights on one machine can make it say anything.</summary>
public static class Outlooks
{
    /// <summary>What machines of others may say of a change. Empty: nothing that agents report of others shows it.</summary>
    /// <param name="item">The change.</param>
    /// <param name="facts">What its device says.</param>
    public static IReadOnlyList<Outlook> Of(EvidenceItem item, DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(facts);
        return CreditRules.Of(item.Act)?.SeenBy(item, facts) ?? [];
    }

    /// <summary>Until when they are to be asked: the change is somebody's work, and nothing is missing but that. Null: they are not.</summary>
    public static DateTimeOffset? WantedUntil(EvidenceItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item is { State: EvidenceState.Held, Person: not null, SeenElsewhere: null, Seeded: null, Looks.Missing: null } && (item.Grade == Grade.E2 || Grading.IsLate(item)) ? item.NotedAt + Looking.Longest : null;
    }

    /// <summary>The first machine that saw it. Null: none did, or it may have seen another.</summary>
    /// <param name="item">The change.</param>
    /// <param name="outlook">What it says then.</param>
    /// <param name="ask">Facts of machines of others, by kind and the text that they hold.</param>
    public static SeenElsewhere? Find(EvidenceItem item, Outlook outlook, Func<Fact.KindOneofCase, string, IEnumerable<OthersFact>> ask)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(outlook);
        ArgumentNullException.ThrowIfNull(ask);
        // What it said before the change it does not say because of it.
        var saw = ask(outlook.Kind, outlook.Holds).FirstOrDefault(one => one.Owner != item.Person && one.ChangedAt >= item.HappenedAt && outlook.Sees(one.Fact));
        if (saw is null || outlook.Rivals.Any(rival => ask(rival.Kind, rival.Holds).Any(one => rival.Sees(one.Fact)))) return null;
        return new SeenElsewhere($"{saw.Machine} of {saw.OwnerName} {outlook.Words}", saw.ReportId);
    }
}
