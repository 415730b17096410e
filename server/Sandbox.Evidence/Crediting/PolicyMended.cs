using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 1.3: a password rule of the whole device that failed when the device was first seen passes, and still does a day later. A rule that
/// passed then earns nothing: who mends it later may have broken it.
/// </summary>
internal sealed class PolicyMended : ICreditRule
{
    public string Line => "1.3";

    public string Act => "policy.mended";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.PasswordPolicy) || device.Facts[Fact.KindOneofCase.PasswordPolicy] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.PasswordPolicy] is not { } first) yield break;
        foreach (var rule in device.Policy.On(Fact.KindOneofCase.PasswordPolicy))
        {
            var (then, after) = (Judge(rule, first, now), Judge(rule, shown, now));
            if (then.Verdict != Verdict.Fail || after.Verdict != Verdict.Pass) continue;
            var before = device.Facts.Before(Fact.KindOneofCase.PasswordPolicy) is { } last && Judge(rule, last, now) is { Verdict: Verdict.Fail } failed ? failed : then;
            yield return new Credit(after.Rule, $"{before.Observed}; expected: {before.Expected}", after.Observed ?? "as expected", shown, before.ReportId);
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.PasswordPolicy] is not { } shown) return Standing.NotKnown;
        var finding = device.Policy.On(Fact.KindOneofCase.PasswordPolicy).Select(rule => Judge(rule, shown, now)).FirstOrDefault(finding => finding.Rule == item.Target);
        return finding?.Verdict switch
        {
            Verdict.Pass => new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt),
            Verdict.Fail => new Standing.TakenBack($"it was taken back: {finding.Observed}; expected: {finding.Expected}"),
            _ => Standing.NotKnown,
        };
    }

    private static Finding Judge(IRule rule, ReportedFact policy, DateTimeOffset now)
    {
        var alone = new DeviceFacts();
        alone.Put(policy);
        return rule.Judge(alone, now).Findings[0];
    }
}
