using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>What another machine says when it sees what a change brought about.</summary>
/// <param name="Kind">The fact that says it.</param>
/// <param name="Holds">Text that such a fact holds: facts without it are not read.</param>
/// <param name="Words">What was seen, for people, behind the machine's name: <c>uses the share</c>.</param>
/// <param name="Sees">Whether a fact says it.</param>
public sealed record Outlook(Fact.KindOneofCase Kind, string Holds, string Words, Func<Fact, bool> Sees);

/// <summary>A fact of another machine.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="Owner">For whom it was enrolled.</param>
/// <param name="OwnerName">The name that people see of that person.</param>
/// <param name="Fact">The fact.</param>
/// <param name="VerifiedAt">When it was read last, by that machine's clock set right.</param>
/// <param name="ReportId">Row of the report that brought it.</param>
public sealed record OthersFact(string Machine, Guid Owner, string OwnerName, Fact Fact, DateTimeOffset VerifiedAt, long ReportId);

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

    /// <summary>Whether it is time to ask them: the change is somebody's work, and nothing is missing but that.</summary>
    public static bool AreWanted(EvidenceItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return now < item.NotedAt + Looking.Longest && item is { State: EvidenceState.Held, Person: not null, SeenElsewhere: null, Looks.Missing: null } && (item.Grade == Grade.E2 || Grading.IsLate(item));
    }

    /// <summary>The first that saw it. Null: none did.</summary>
    /// <param name="item">The change.</param>
    /// <param name="outlook">What it says then.</param>
    /// <param name="others">Facts of other machines.</param>
    public static SeenElsewhere? Find(EvidenceItem item, Outlook outlook, IEnumerable<OthersFact> others)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(outlook);
        var saw = others.FirstOrDefault(one => one.Owner != item.Person && one.VerifiedAt >= item.HappenedAt && outlook.Sees(one.Fact));
        return saw is null ? null : new SeenElsewhere($"{saw.Machine} of {saw.OwnerName} {outlook.Words}", saw.ReportId);
    }
}
