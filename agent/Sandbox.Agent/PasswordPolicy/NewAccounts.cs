using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>What useradd(8) gives a new account: ageing and the mask for new files of login.defs(5), and INACTIVE of its own defaults.</summary>
internal sealed class NewAccounts(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public const string UseraddDefaults = "/etc/default/useradd";

    // def_inactive of useradd.c, where its file does not say.
    private const string NeverLocked = "-1";

    public void Describe(RootFolder root, LoginDefs login)
    {
        if (Days(login, "PASS_MAX_DAYS") is { } most) policy.DefaultMaxAgeDays = most;
        if (Days(login, "PASS_MIN_DAYS") is { } least) policy.DefaultMinAgeDays = least;
        if (Days(login, "PASS_WARN_AGE") is { } warn) policy.DefaultWarnDays = warn;
        if (settings.Add("login.defs.UMASK", Named(login, "UMASK"), null, Mask) is { } mask) policy.DefaultUmask = Convert.ToUInt32(mask, 8);
        if (!root.Has(UseraddDefaults)) return;
        if (!root.TryRead(UseraddDefaults, out var text, out var fault))
        {
            settings.Unseen.Add(fault);
            return;
        }

        var found = UseraddText.Parse(text, UseraddDefaults).FindAll(s => s.Name == "INACTIVE");
        var inactive = settings.Add("useradd.INACTIVE", found, NeverLocked, SettingValue.LoginDefsNumber);
        if (inactive is not null && found.Count > 0) policy.DefaultInactiveDays = long.Parse(inactive);
    }

    private long? Days(LoginDefs login, string name)
    {
        var days = settings.Add($"login.defs.{name}", Named(login, name), null, SettingValue.LoginDefsNumber);
        return days is null ? null : long.Parse(days);
    }

    private static IEnumerable<Setting> Named(LoginDefs login, string name) => login.All.Where(setting => setting.Name == name);

    // pam_umask(8) reads it in octal, whatever it begins with, and umask(2) takes nine bits.
    private static string? Mask(string value) => CNumber.Octal(value) is { } bits ? Convert.ToString(bits & 0x1FF, 8).PadLeft(3, '0') : null;
}
