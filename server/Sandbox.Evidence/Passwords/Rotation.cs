using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Whether one account's password is changed as often as it must be.</summary>
/// <param name="AtLeastDays">Least number of days for which a password may be valid.</param>
/// <param name="AtMostDays">Greatest number of days.</param>
/// <param name="GraceDays">Days after the due day during which an overdue password still passes.</param>
internal sealed record Rotation(long AtLeastDays, long AtMostDays, long GraceDays) : AgeDemand
{
    /// <summary>From here on chage(1) says "never".</summary>
    public const long Never = 10_000;

    // Device and server may disagree on the day.
    private const long SkewDays = 1;

    public override string Expected => $"changed at least every {AtMostDays} days";

    public override (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, DateTimeOffset now)
    {
        var today = Day.Of(now);
        return account switch
        {
            { HasLastChangeDay: false } =>
                (new(Verdict.Fail, "it never has to be changed", "ageing is off: no day of the last change is on record"), null),
            { LastChangeDay: 0 } => (new(Verdict.Fail, "it must be changed at the next login", "that has not happened yet"), null),
            { LastChangeDay: var changed } when changed > today + SkewDays =>
                (new(Verdict.Fail, $"changed on {Day.Words(changed)}", "that day lies in the future"), Day.Start(changed - SkewDays)),
            { HasMaxDays: false } or { MaxDays: >= Never } =>
                (new(Verdict.Fail, "it never has to be changed", "its age is unlimited"), null),
            { MaxDays: var days } when days < AtLeastDays || days > AtMostDays =>
                (new(Verdict.Fail, $"it must be changed every {days} days"), null),
            _ => Due(account.LastChangeDay, account.LastChangeDay + account.MaxDays, today),
        };
    }

    private (Opinion, DateTimeOffset?) Due(long changed, long due, long today)
    {
        var observed = $"changed on {Day.Words(changed)}, due on {Day.Words(due)}";
        if (today <= due) return (new(Verdict.Pass, observed), Day.Start(due + 1));
        return today <= due + GraceDays
            ? (new(Verdict.Pass, observed, $"overdue; grace ends with {Day.Words(due + GraceDays)}"), Day.Start(due + GraceDays + 1))
            : (new(Verdict.Fail, observed, $"overdue since {Day.Words(due + 1)}"), null);
    }
}
