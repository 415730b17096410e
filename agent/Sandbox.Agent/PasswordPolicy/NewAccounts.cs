using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>Ageing that useradd(8) gives a new account: login.defs(5), and INACTIVE of its own defaults.</summary>
internal sealed class NewAccounts(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public const string UseraddDefaults = "/etc/default/useradd";

    public void Describe(RootFolder root, LoginDefs login)
    {
        if (Days(login, "PASS_MAX_DAYS") is { } most) policy.DefaultMaxAgeDays = most;
        if (Days(login, "PASS_MIN_DAYS") is { } least) policy.DefaultMinAgeDays = least;
        if (Days(login, "PASS_WARN_AGE") is { } warn) policy.DefaultWarnDays = warn;
        if (!root.Has(UseraddDefaults)) return;
        if (!root.TryRead(UseraddDefaults, out var text, out var fault))
        {
            settings.Unseen.Add(fault);
            return;
        }

        var found = UseraddText.Parse(text, UseraddDefaults).Where(s => s.Name == "INACTIVE");
        var inactive = settings.Add("useradd.INACTIVE", found, null, SettingValue.LoginDefsNumber);
        if (inactive is not null) policy.DefaultInactiveDays = long.Parse(inactive);
    }

    private long? Days(LoginDefs login, string name)
    {
        var days = settings.Add($"login.defs.{name}", login.All.Where(s => s.Name == name), null, SettingValue.LoginDefsNumber);
        return days is null ? null : long.Parse(days);
    }
}
