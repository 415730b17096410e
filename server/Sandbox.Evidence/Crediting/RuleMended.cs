using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// A rule of the policy that failed when the device was first seen passes, and still does a day later. One that passed then earns nothing: who
/// mends it later may have broken it, unless it was seeded.
/// </summary>
/// <param name="what">Which rules, for which line.</param>
internal sealed class RuleMended(Mending what) : ICreditRule
{
    private const string Of = " of ";

    public string Line => what.Line;

    public string Act => what.Act;

    public string Counts => what.Counts;

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public bool HappensByItself => what.HappensByItself;

    public bool WearsOff => what.WearsOff;

    public bool IsUnder(Policies.Policy policy) => what.Of(policy.Anywhere).Any();

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(what.Kind) || device.Facts[what.Kind] is not { } shown || device.Baseline[what.Kind] is not { } first) yield break;
        if (!what.InEarnest(first.Fact, shown.Fact)) yield break;
        var last = device.Facts.Before(what.Kind);
        var (nowAlone, firstAlone, lastAlone) = (Alone(shown, device), Alone(first, device), last is null ? null : Alone(last, device));
        foreach (var rule in what.Of(device.Policy))
            foreach (var after in rule.Judge(nowAlone, now).Findings.Where(finding => finding.Verdict == Verdict.Pass))
            {
                // As it stood when it was read: what time alone has made of it since is nobody's doing, and no clock that ran ahead makes it older.
                var then = Same(after, rule.Judge(firstAlone, first.ChangedAt < now ? first.ChangedAt : now));
                var seeded = device.Seeded.FirstOrDefault(one => one.Rule == after.Rule && one.MayBeRepairedIn(shown, device));
                if (then?.Verdict != Verdict.Fail && seeded is null) continue;
                var before = lastAlone is null ? null : Same(after, rule.Judge(lastAlone, now));
                // It passed already; or for a while nobody knew, and then it is not known either when it changed.
                if (before?.Verdict == Verdict.Pass || ((what.HappensByItself || seeded is not null) && before?.Verdict != Verdict.Fail)) continue;
                // What failed because of a fault is mended by who repairs that, or undone by what seeded it.
                if (seeded is null && last is not null && device.Seeded.Any(one => one.Overlies(after.Rule, last.VerifiedAt, device))) continue;
                var failed = before?.Verdict == Verdict.Fail ? before : then!;
                yield return new Credit(Target(after), $"{failed.Observed}; expected: {failed.Expected}", after.Observed ?? "as expected", shown, failed.ReportId)
                {
                    NotBefore = failed == before ? last!.VerifiedAt : null, Seeded = seeded?.Id,
                };
            }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[what.Kind] is not { } shown) return Standing.NotKnown;
        // What another seeded fault breaks takes back nothing that was mended before.
        if (device.Seeded.Any(one => one.Id != item.Seeded && one.Overlies(item.Target.Split(Of)[0], shown.VerifiedAt, device))) return Standing.NotKnown;
        var alone = Alone(shown, device);
        var finding = what.Of(device.Policy).SelectMany(rule => rule.Judge(alone, now).Findings).FirstOrDefault(finding => Target(finding) == item.Target);
        return finding?.Verdict switch
        {
            // It may become so again, and holds then.
            Verdict.Pass when device.Baseline[what.Kind] is { } first && !what.InEarnest(first.Fact, shown.Fact) => Standing.NotKnown,
            Verdict.Pass => new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt),
            // What it was mended to is there still: the policy asks for more now.
            Verdict.Fail when finding.Observed is { } value && value == item.After => Standing.NotKnown,
            Verdict.Fail => new Standing.TakenBack($"it was taken back: {finding.Observed}; expected: {finding.Expected}"),
            _ => Standing.NotKnown,
        };
    }

    public bool Explains(EvidenceItem item, AdminAct act) => what.Explains(act) && what.Fits(item, act);

    /// <summary>What of the device the mended rule was asked of; the rule where it was asked of the device as a whole.</summary>
    public static string Subject(EvidenceItem item) => item.Target[(item.Target.IndexOf(Of, StringComparison.Ordinal) is var at and >= 0 ? at + Of.Length : 0)..];

    private static string Target(Finding finding) => finding.Subject.Length == 0 ? finding.Rule : $"{finding.Rule}{Of}{finding.Subject}";

    private static Finding? Same(Finding same, Judgement judgement) => judgement.Findings.FirstOrDefault(finding => finding.Rule == same.Rule && finding.Subject == same.Subject);

    private static DeviceFacts Alone(ReportedFact fact, DeviceCase device)
    {
        var alone = new DeviceFacts { About = device.Facts.About };
        alone.Put(fact);
        return alone;
    }
}
