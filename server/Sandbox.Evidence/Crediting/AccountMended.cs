using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 7.1: what was wrong with one person's account (the age of its password, that it had none, or that others know it) was put right by another value, and
/// stayed so for a week. Values are judged, not acts: an age of 99999 days is no remedy. Only accounts that somebody can use count, and only
/// deviations that were there at first or that time alone brought about: who mends another may have made it.
/// </summary>
internal sealed class AccountMended : ICreditRule
{
    private static readonly string[] Rules = [DefaultMaxAge.Rule, EmptyPasswords.Rule, ChangedSinceCompromise.Rule];

    public string Line => "7.1";

    public string Act => "account.mended";

    public string Counts => "the age of somebody's password, a missing one, or one that others knew, that was put right";

    public TimeSpan Dwell => TimeSpan.FromDays(7);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Accounts) || device.Facts[Fact.KindOneofCase.Accounts] is not { } shown) return [];
        if (device.Baseline[Fact.KindOneofCase.Accounts] is not { } first || device.Facts.Before(Fact.KindOneofCase.Accounts) is not { } last) return [];
        var asked = Asked.Of(device);
        return from account in LocalPeople.Of(shown.Fact.Accounts)
               from rule in Rules
               let before = AccountTarget.Same(account, last)
               let then = AccountTarget.Same(account, first)
               where before is not null && then is not null
               let failed = Judge(rule, asked, before, last, now)
               let passes = Judge(rule, asked, account, shown, now)
               where failed.Verdict == Verdict.Fail && passes.Verdict == Verdict.Pass && Judge(rule, asked, AsItBegan(then, before), first, now).Verdict == Verdict.Fail
               select new Credit(Target(rule, account), Words(failed), Words(passes), shown, last.ReportId) { NotBefore = last.VerifiedAt };
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || shown.Fact.Accounts.Accounts_.Count == 0) return Standing.NotKnown;
        var asked = Asked.Of(device);
        var about = from one in LocalPeople.Of(shown.Fact.Accounts) from rule in Rules where Target(rule, one) == item.Target select Judge(rule, asked, one, shown, now);
        if (about.Cast<Opinion?>().FirstOrDefault() is not { } opinion) return Gone(shown.Fact.Accounts);
        return opinion.Verdict switch
        {
            Verdict.Pass => new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt),
            Verdict.Fail => new Standing.TakenBack($"it was taken back: {Words(opinion)}"),
            Verdict.NotApplicable => new Standing.TakenBack($"nobody uses the account any more: {opinion.Reason}"),
            _ => Standing.NotKnown,
        };
    }

    public bool Explains(EvidenceItem item, AdminAct act) =>
        Trace.IsOnAccount(act, AccountOf(item), null, AdminAct.Types.Action.ChangeAgeing, AdminAct.Types.Action.ChangePassword, AdminAct.Types.Action.ChangeAccount)
        || Trace.IsRun(act, AccountOf(item), "chage", "passwd", "usermod");

    public string AccountOf(EvidenceItem item) => item.Target[(item.Target.IndexOf(" of ", StringComparison.Ordinal) + " of ".Length)..];

    private static Standing Gone(Accounts accounts) =>
        UnseenWords.Of(accounts.Unseen, "/etc/passwd") is null ? new Standing.TakenBack("the account was removed or renamed") : Standing.NotKnown;

    private static Opinion Judge(string rule, Asked asked, Account account, ReportedFact reported, DateTimeOffset now)
    {
        if (rule == DefaultMaxAge.Rule) return asked.Ages?.Judge(account, reported.Fact.Accounts, now).Opinion ?? new Opinion(Verdict.Unknown);
        if (rule == ChangedSinceCompromise.Rule) return asked.Marked.FirstOrDefault(one => one.Mark.Account == account.Name)?.Judge(account, reported.Fact.Accounts, now).Opinion ?? new Opinion(Verdict.Unknown);
        return account switch
        {
            { ShellClass: ShellClass.NoLogin } => new(Verdict.NotApplicable, Reason: "its shell lets nobody in"),
            { HasPasswordState: false } => new(Verdict.Unknown),
            { PasswordState: PasswordState.Empty } => new(Verdict.Fail, "it has no password"),
            { PasswordState: PasswordState.Set } => new(Verdict.Pass, "it has a password"),
            { PasswordState: PasswordState.Locked or PasswordState.None } => new(Verdict.Pass, "no password opens it"),
            _ => new(Verdict.Unknown),
        };
    }

    // What the account would be if only its password had been changed since it was first seen: a deviation that is there all the same was not
    // made since. A day of the last change that went back was.
    private static Account AsItBegan(Account then, Account before)
    {
        if (!then.HasLastChangeDay || !before.HasLastChangeDay || before.LastChangeDay < then.LastChangeDay) return then;
        var began = then.Clone();
        began.LastChangeDay = before.LastChangeDay;
        return began;
    }

    private static string Target(string rule, Account account) => $"{rule} of {account.Name}";

    private static string Words(Opinion opinion) => opinion.Reason is { } reason ? $"{opinion.Observed}: {reason}" : opinion.Observed ?? "";

    // What the policy asks of accounts. Ages null: nothing of the age of passwords; nobody marked: nobody is, or the policy does not ask.
    private readonly record struct Asked(AccountMaxAge? Ages, IReadOnlyList<ChangedSince> Marked)
    {
        public static Asked Of(DeviceCase device)
        {
            var rules = device.Policy.On(Fact.KindOneofCase.Accounts);
            return new Asked(rules.OfType<AccountMaxAge>().FirstOrDefault(), rules.OfType<ChangedSinceCompromise>().Any() ? [.. ChangedSinceCompromise.Of(device.Facts.About)] : []);
        }
    }
}
