using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// Whether the machines that were killed came to what one came to that nobody touched and that saw the last change alone: the same facts and
/// verdicts, and the same evidence that stands. What may differ is named here: what the agent says of itself, the machine's own id, the value by which
/// something was mended first, and what is undone, the guests, which are <see cref="Unkilled"/>'s business.
/// </summary>
internal static class LikeUntouched
{
    /// <summary>The untouched machine's name.</summary>
    public const string Name = "untouched";

    /// <summary>What differs, in words.</summary>
    public static IEnumerable<string> Faults(StoredLab stored)
    {
        var untouched = stored.Devices.Single(x => x.Name == Name).Id;
        if (!EvidenceOf(stored, untouched).Any(x => x.StartsWith("1.3 policy.mended", StringComparison.Ordinal))) yield return "the untouched machine earned nothing";
        foreach (var device in stored.Devices.Where(x => x.Id != untouched))
        {
            foreach (var fault in Differences(FactsOf(stored, untouched), FactsOf(stored, device.Id))) yield return $"{device.Name}, facts: {fault}";
            foreach (var fault in Differences(VerdictsOf(stored, untouched), VerdictsOf(stored, device.Id))) yield return $"{device.Name}, verdicts: {fault}";
            foreach (var fault in Differences(EvidenceOf(stored, untouched), EvidenceOf(stored, device.Id))) yield return $"{device.Name}, evidence: {fault}";
            foreach (var undone in stored.Evidence.Where(x => x.DeviceId == device.Id && x is { State: EvidenceState.Undone, Act: not "account.added" })) yield return $"{device.Name}: {undone.Target} is undone";
        }
    }

    private static IEnumerable<string> Differences(IEnumerable<string> untouched, IEnumerable<string> other) =>
        [.. untouched.Except(other).Select(x => $"missing {x}"), .. other.Except(untouched).Select(x => $"not there without kills {x}")];

    private static List<string> FactsOf(StoredLab stored, DeviceId device) =>
        [.. stored.Facts.Where(x => x.DeviceId == device && x.Kind != Fact.AgentHealthFieldNumber).Select(x => $"{x.Kind}: {WithoutId(Fact.Parser.ParseFrom(x.Bytes))}")];

    private static Fact WithoutId(Fact fact)
    {
        fact.OperatingSystem?.ClearMachineId();
        return fact;
    }

    private static List<string> VerdictsOf(StoredLab stored, DeviceId device) => [.. stored.Findings.Where(x => x.DeviceId == device)
        .Select(x => $"{x.Rule} {x.Subject}: {x.Verdict} {x.Severity} {x.Expected} | {x.Observed} | {x.Reason} | {x.Policy}")];

    private static List<string> EvidenceOf(StoredLab stored, DeviceId device) => [.. stored.Evidence.Where(x => x.DeviceId == device && x.State != EvidenceState.Undone)
        .Select(x => $"{x.Line} {x.Act} {(x.Act == "device.set_up" ? "" : x.Target)}: {x.State} {x.Grade} {x.GradeReason} | {x.Before}")];
}
