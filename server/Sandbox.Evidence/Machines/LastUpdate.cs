using Sandbox.Protocol;
using static Sandbox.Protocol.Package.Types;

namespace Sandbox.Evidence.Machines;

/// <summary>
/// Some package of the system was installed or renewed not long ago. It is a sign that updates are made, no proof: that everything which could be renewed was is not known here. Snaps and flatpaks are no sign: they
/// renew themselves, whatever becomes of the system.
/// </summary>
/// <param name="AtMostDays">Longest time since then, in days.</param>
internal sealed record LastUpdate(long AtMostDays) : IRule
{
    public const string Rule = "updates.last_days";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Software;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnFact.Judge(facts, Reads, Rule, $"a package of the system was installed or renewed within the last {AtMostDays} days", fact => Judge(fact.Software, now));

    private (Opinion, DateTimeOffset?) Judge(Software fact, DateTimeOffset now)
    {
        Package? last = null;
        foreach (var package in fact.Packages)
            if (package is { InstalledAt: { } at, Manager: not (Manager.Snap or Manager.Flatpak) } && !(last?.InstalledAt.Seconds >= at.Seconds)) last = package;
        if (last is null || Clock.Of(last.InstalledAt) is not { } instant) return (new Opinion(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen)), null);
        var observed = $"{last.Name} on {Instant.Words(instant)}";
        if (instant > now + Clock.Skew) return (new Opinion(Verdict.Error, observed, "that lies in the future"), instant - Clock.Skew);
        var end = instant + TimeSpan.FromDays(AtMostDays);
        return now <= end ? (new Opinion(Verdict.Pass, observed), end + TimeSpan.FromTicks(1)) : (new Opinion(Verdict.Fail, observed, $"too long ago since {Instant.Words(end)}"), null);
    }
}
