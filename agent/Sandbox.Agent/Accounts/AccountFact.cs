using Sandbox.Protocol;

namespace Sandbox.Agent.Accounts;

/// <summary>Makes the account of the fact from what the files say.</summary>
internal sealed class AccountFact(IReadOnlyDictionary<string, ShadowEntry>? shadow, GroupBook? groups, long uidMin)
{
    private const uint Nobody = 65534;

    public Account From(PasswdEntry entry)
    {
        var account = new Account { Name = entry.Name, Shell = entry.Shell, ShellClass = Shell.Classify(entry.Shell) };
        if (entry.Uid is { } uid)
        {
            account.Uid = uid;
            account.System = uid != 0 && (uid < uidMin || uid == Nobody);
        }

        if (entry.Gid is { } gid) account.Gid = gid;
        Belongs(account, entry);
        var found = ShadowEntryOf(entry.Name);
        if (found is { } line) Age(account, line);
        if ((entry.Password ?? found?.Password) is { } password) Protect(account, password);
        return account;
    }

    /// <summary>An account that only /etc/shadow knows.</summary>
    public static Account From(ShadowEntry entry)
    {
        var account = new Account { Name = entry.Name };
        Age(account, entry);
        Protect(account, entry.Password);
        return account;
    }

    private ShadowEntry? ShadowEntryOf(string name) => shadow is not null && shadow.TryGetValue(name, out var entry) ? entry : null;

    private void Belongs(Account account, PasswdEntry entry)
    {
        if (groups is not null)
        {
            account.Groups.AddRange(groups.Names(entry.Name, entry.Gid));
            account.Administrator = entry.Uid == 0 || GroupBook.Administers(account.Groups);
        }
        else if (entry.Uid == 0) account.Administrator = true;
    }

    private static void Protect(Account account, StoredPassword password)
    {
        account.PasswordState = password.State;
        if (password.Scheme is { } scheme) account.HashScheme = scheme;
        if (password.Cost is { } cost) account.HashCost = cost;
    }

    private static void Age(Account account, ShadowEntry entry)
    {
        account.MustChange = entry.LastChange == 0;
        if (entry.LastChange is { } changed) account.LastChangeDay = changed;
        if (entry.Min is { } min) account.MinDays = min;
        if (entry.Max is { } max) account.MaxDays = max;
        if (entry.Warn is { } warn) account.WarnDays = warn;
        if (entry.Inactive is { } inactive) account.InactiveDays = inactive;
        if (entry.Expires is { } ends) account.AccountExpiresDay = ends;
        if (entry.PasswordExpires is { } expires) account.PasswordExpiresDay = expires;
    }
}
