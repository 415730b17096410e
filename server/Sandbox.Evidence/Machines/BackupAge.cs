using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>A backup onto other disks than those that it saves ended well not long ago. That one was started is not enough.</summary>
/// <param name="AtMostHours">Longest time since then, in hours.</param>
internal sealed record BackupAge(long AtMostHours) : IRule
{
    public const string Rule = "backup.last_success_hours";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Backup;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnFact.Judge(facts, Reads, Rule, $"a backup onto other disks ended well within the last {AtMostHours} hours", fact => Judge(fact.Backup, now));

    private (Opinion, DateTimeOffset?) Judge(Backup fact, DateTimeOffset now)
    {
        var all = fact.Stores.Select(one => (Store: one, At: Clock.Of(one.LastSucceeded))).Where(one => one.At is not null).ToList();
        var apart = all.Where(one => one.Store is { HasOtherDevice: true, OtherDevice: true }).OrderByDescending(one => one.At).ToList();
        if (apart is not [({ } store, { } at), ..]) return (Without(fact, all.Count > 0), null);
        // Who may write there can change the time of a file.
        if (at > now + Clock.Skew) return (new Opinion(Verdict.Error, $"{store.Program} on {Instant.Words(at)}", "that lies in the future"), at - Clock.Skew);
        var observed = $"{store.Program}{(store.HasLocation ? $" into {store.Location}" : "")} on {Instant.Words(at)}";
        var end = at + TimeSpan.FromHours(AtMostHours);
        return now <= end ? (new Opinion(Verdict.Pass, observed), end + TimeSpan.FromTicks(1)) : (new Opinion(Verdict.Fail, observed, $"too long ago since {Instant.Words(end)}"), null);
    }

    private static Opinion Without(Backup fact, bool succeeded)
    {
        if (fact.Stores.Count > 0 && fact.Stores.All(one => one is { HasOtherDevice: true, OtherDevice: false })) return new(Verdict.Fail, "backups lie on the disks that they save");
        if (succeeded) return new(Verdict.Unknown, Reason: "of no backup on other disks is known when one ended well");
        if (fact.Stores.Count + fact.Jobs.Count > 0) return new(Verdict.Unknown, Reason: "there are backups, and no record of one that ended well");
        return fact.Unseen.Count > 0 ? new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen)) : new(Verdict.Fail, "nothing makes backups");
    }
}
