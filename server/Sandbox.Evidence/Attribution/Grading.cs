using Sandbox.Evidence.Crediting;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Evidence.Attribution;

/// <summary>How much a change proves whose maker is known: by what names them, by what was seen again of it, and by who else saw it.</summary>
internal static class Grading
{
    /// <summary>Evidence that lay longer in a device's spool says so and is one grade less, unless another machine saw it.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private const string SelfReported =
        "self-reported: who did it has root's rights on the only machine that tells of it, so more takes a second machine that saw it or a seeded task";

    /// <summary>Whether it lay too long in the device's spool to be believed on the device's word alone.</summary>
    public static bool IsLate(EvidenceItem item) => item.NotedAt - item.HappenedAt > LongestDelay;

    /// <summary>The grade, and why it is not higher.</summary>
    /// <param name="item">The change.</param>
    /// <param name="act">The act that made it.</param>
    /// <param name="holder">Who did that.</param>
    /// <param name="by">By what they are known.</param>
    public static Attributed Of(EvidenceItem item, SeenAct act, AccountHolder holder, string by)
    {
        var named = new Attributed(Grade.E1, "") { Act = act, Person = holder.Person };
        var who = $"{holder.Name} did it ({by}, {act.Act.Method})";
        if (Forgeable.Is(act.Act)) return named with { Reason = $"{who}; {(act.Act.Method == Method.A4 ? "whoever has root's rights can forge what names them" : "but only a line in a text log says so, and every account of the machine can write such a line")}" };
        var late = IsLate(item) ? $"it lay in the device's spool for {Hours(item.NotedAt - item.HappenedAt)} before it was reported" : null;
        if (Outside(item) is not { } outside)
        {
            return late is null
                ? named with { Grade = Grade.E2, Reason = $"{who}; {SelfReported}" }
                : named with { Reason = $"{who}; but {late}, and a second machine that saw it is not known; {SelfReported}" };
        }
        var seen = late is null ? $"{who}; {outside}" : $"{who}; {late}, but {outside}";
        if (item.Looks.Missing is { } missing) return named with { Grade = Grade.E2, Reason = $"{seen}; more takes that it is seen again {missing}" };
        return item.State == EvidenceState.Held
            ? named with { Grade = Grade.E3, Reason = $"{seen}; it was seen again an hour later, a day later and after a restart" }
            : named with { Grade = Grade.E2, Reason = $"{seen}; more takes that it stays until its time is up" };
    }

    // What does not rest on the word of the machine on which the actor is root.
    private static string? Outside(EvidenceItem item) => item.SeenElsewhere?.Words ?? (item.Seeded is null ? null : "it was a seeded task");

    private static string Hours(TimeSpan delay) => FormattableString.Invariant($"{delay.TotalHours:0.#} hours");
}
