using Sandbox.Evidence.Settings;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A number of days that an account has, whatever became of it since: what chage(1) set, within bounds.</summary>
/// <param name="What">In words: <c>days until it must be changed</c>.</param>
/// <param name="Days">The number. Null: none is set.</param>
/// <param name="Bounds">The bounds.</param>
internal sealed record DaysWithin(string What, Func<Account, long?> Days, NumberDemand Bounds) : AgeDemand
{
    public override string Expected => $"{What}: {Bounds.Words}";

    public override (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, DateTimeOffset now) =>
        (Days(account) is { } days ? Opinion.That(Bounds.Holds(days), $"{days} days") : new Opinion(Verdict.Fail, "none is set"), null);
}
