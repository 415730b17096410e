using Sandbox.Evidence.LocalAccounts;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Passwords;

/// <summary>
/// Whether one account's password was changed after the day since which others may know it, or opens nothing any more. Only days are on record: of a change on that very
/// day nobody can tell whether it came before or after.
/// </summary>
/// <param name="Mark">What was marked.</param>
internal sealed record ChangedSince(CompromiseMark Mark) : AgeDemand
{
    // Device and server may disagree on the day.
    private const long SkewDays = 1;

    private readonly long _since = Day.Of(new DateTimeOffset(Mark.Since, TimeOnly.MinValue, TimeSpan.Zero));

    public override string Expected => $"changed after {Day.Words(_since)}, since when others may know it";

    /// <summary>The opinion on the account of that name, and the next instant at which time alone changes it.</summary>
    public (Opinion Opinion, DateTimeOffset? Next) Judge(Accounts all, DateTimeOffset now)
    {
        if (all.Accounts_.FirstOrDefault(one => one.Name == Mark.Account) is { } account) return Judge(account, all, now);
        if (all.Accounts_.Count == 0 || UnseenWords.Of(all.Unseen, "/etc/passwd") is not null) return (new(Verdict.Unknown, Reason: UnseenWords.Reason(all.Unseen)), null);
        return IsOfNone(all)
            ? (new(Verdict.Pass, "there is no such account"), null)
            : (new(Verdict.Unknown, Reason: $"no account of this device has the name, and those of {string.Join(", ", all.Directories)} only the directory knows"), null);
    }

    /// <summary>Whether it is known that no account has the name.</summary>
    public bool IsOfNone(Accounts all) => KnownAccounts.Of(all) is { } names && !names.Contains(Mark.Account);

    /// <summary>The same of an account that is there.</summary>
    public (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, Accounts all, DateTimeOffset now)
    {
        if (account.PasswordState == PasswordState.Empty) return (new(Verdict.Fail, "it has no password"), null);
        var (opinion, next) = EachAccount.Judge(account, all, now, this);
        return (opinion.Verdict == Verdict.NotApplicable ? new(Verdict.Pass, opinion.Reason) : opinion, next);
    }

    public override (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, DateTimeOffset now) => account switch
    {
        { HasLastChangeDay: false } => (new(Verdict.Unknown, Reason: "no day of the last change is on record"), null),
        { LastChangeDay: 0 } => (new(Verdict.Fail, "it must be changed at the next login", "that has not happened yet"), null),
        { LastChangeDay: var changed } when changed > Day.Of(now) + SkewDays => (new(Verdict.Fail, $"changed on {Day.Words(changed)}", "that day lies in the future"), Day.Start(changed - SkewDays)),
        { LastChangeDay: var changed } when changed > _since => (new(Verdict.Pass, $"changed on {Day.Words(changed)}"), null),
        { LastChangeDay: var changed } when changed == _since => (new(Verdict.Unknown, Reason: $"changed on {Day.Words(changed)}, the very day: before or after cannot be told; change it once more on a later day"), null),
        { LastChangeDay: var changed } => (new(Verdict.Fail, $"changed on {Day.Words(changed)}", $"others may know it: {Mark.Reason}"), null),
    };
}
