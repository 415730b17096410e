using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Evidence.Attribution;

/// <summary>
/// Finds out who made a change: by acts that explain it and happened between the last moment at which the device still read the old state and the
/// moment at which it read the new one. The best sort of record decides; of two people neither is chosen.
/// </summary>
internal static class Attributing
{
    /// <summary>Some logs are exact to the second, and a record may be written after the file that it tells of.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Said of a change that no act explains.</summary>
    public const string Unseen = "nobody was seen doing it: no act that the device reported explains the change";

    /// <summary>Acts of this span of the device's clock can explain a change. Null: it is not known when the old state was read last.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Window(EvidenceItem item) =>
        item.NotBefore is { } before ? (before - Slack - (CreditRules.Of(item.Act)?.Lasts ?? TimeSpan.Zero), item.ChangedAt + Slack) : null;

    /// <summary>Whether an act happened in that span.</summary>
    public static bool IsWithin(SeenAct act, EvidenceItem item) => Window(item) is { } window && act.OccurredAt >= window.From && act.OccurredAt <= window.To;

    /// <summary>What the acts say of a change.</summary>
    /// <param name="item">The change.</param>
    /// <param name="rule">What it counts by.</param>
    /// <param name="acts">Acts of the device.</param>
    /// <param name="holders">Who is who on machines.</param>
    /// <param name="device">The device.</param>
    public static Attributed Of(EvidenceItem item, ICreditRule rule, IEnumerable<SeenAct> acts, Holders holders, DeviceId device)
    {
        var explaining = acts.Where(act => IsWithin(act, item) && CanTell(act.Act) && rule.Explains(item, act.Act)).ToList();
        var byItself = rule.HappensByItself ? "machines do it by themselves, and nobody was seen doing it" : null;
        if (explaining.Count == 0) return new Attributed(Grade.E1, rule.Unseen ?? Unseen) { Discounted = byItself };
        var best = explaining.Min(act => Rank(act.Act));
        var decisive = explaining.Where(act => Rank(act.Act) == best).OrderBy(act => act.OccurredAt).ThenBy(act => act.Id, StringComparer.Ordinal).ToList();
        // What a job of somebody's did beside them is not what they did.
        if (decisive.Exists(act => act.ByItself is null)) decisive.RemoveAll(act => act.ByItself is not null);
        // As long as it still explains the change, the act that was named before stays named.
        var one = decisive.Find(act => act.Id == item.ActId) ?? decisive[^1];
        if (one.ByItself is { } what) return new Attributed(Grade.E1, "no person did it") { Act = one, Discounted = $"it was done by itself: {what}" };
        if (one.Act.Method is Method.A3 or Method.None or Method.Unspecified)
            return new Attributed(Grade.E1, $"nobody is named: {(one.Act.MethodReason.Length > 0 ? one.Act.MethodReason : "the records of it name no person")}") { Act = one, Discounted = byItself };
        return Named(item, rule, one, [.. decisive.Select(act => holders.Of(act.Act.Actor, device, item.HappenedAt))], (person, account) => holders.IsOf(person, account, device, item.HappenedAt));
    }

    private static Attributed Named(EvidenceItem item, ICreditRule rule, SeenAct act, List<Who> who, Func<Guid, string, bool> isOf)
    {
        if (who.OfType<Who.Nobody>().FirstOrDefault() is { } nobody) return new Attributed(Grade.E1, "nobody is named") { Act = act, Discounted = $"it was not done by a known person: {nobody.Why}" };
        var people = who.OfType<Who.One>().DistinctBy(one => one.Holder.Person).ToList();
        if (people.Count > 1)
            return new Attributed(Grade.E1, "more than one person is named") { Act = act, Discounted = $"{Names(people)} both did what explains it, and nothing tells whose work it is" };
        var (holder, by) = people[0];
        // Whose it was stays theirs when they become something else later.
        if (!holder.IsApprentice && item.Person != holder.Person) return new Attributed(Grade.E1, "no apprentice did it") { Act = act, Discounted = $"{holder.Name} did it ({holder.Role}, {by}): only what apprentices do counts" };
        if (rule.AccountOf(item) is { } account && (act.Act.Actor?.OsName == account || isOf(holder.Person, account)))
            return new Attributed(Grade.E1, "it is the own account") { Act = act, Discounted = $"{holder.Name} did it to the own account {account}" };
        return Grading.Of(item, act, holder, by);
    }

    // A service that was started by the first process may have been started for somebody whose name stands nowhere.
    private static bool CanTell(AdminAct act) => act is { Result: not Result.Failure, Action: not AdminAct.Types.Action.Elsewhere }
        && act is not { HasAutomation: true, Method: Method.None or Method.Unspecified, Action: AdminAct.Types.Action.StartService or AdminAct.Types.Action.StopService };

    private static string Names(List<Who.One> people) => string.Join(" and ", people.Select(one => one.Holder.Name).Order(StringComparer.Ordinal));

    private static int Rank(AdminAct act) => act.Method switch { Method.A1 => 0, Method.A2 when !Forgeable.IsTextAlone(act) => 1, Method.A2 or Method.A4 => 2, Method.A3 => 3, _ => 4 };
}
