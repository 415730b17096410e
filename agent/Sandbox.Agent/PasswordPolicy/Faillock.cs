using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>
/// pam_faillock(8). It locks only where the auth stack calls it twice, with <c>preauth</c> and with <c>authfail</c> or <c>authsucc</c>;
/// whatever faillock.conf says. Arguments beat the file.
/// </summary>
internal sealed class Faillock(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public const string Module = "pam_faillock.so";
    private const string Conf = "/etc/security/faillock.conf";
    // MAX_TIME_INTERVAL of faillock.h: longer times act as this many seconds.
    private const long LongestSeconds = 604_800;

    private static readonly (string Name, string? Default, Func<string, string?> Read)[] Known =
    [
        ("deny", "3", SettingValue.Count), ("even_deny_root", null, SettingValue.Flag), ("fail_interval", "900", Seconds),
        ("root_unlock_time", null, UnlockTime), ("unlock_time", "600", UnlockTime),
    ];

    public void Describe(RootFolder root, PamStack auth)
    {
        var preauth = Line(auth, "preauth");
        var after = Line(auth, "authfail") ?? Line(auth, "authsucc");
        var path = preauth is null ? Conf : ConfOf(preauth);
        var found = ConfFile.Read(root, path, settings.Unseen);
        // preauth is the call that turns people away, so its arguments are the last word.
        var all = (found ?? []).Concat(Arguments(after)).Concat(Arguments(preauth)).ToList();
        var active = preauth is not null && after is not null;
        if (!active || found is null)
        {
            foreach (var (name, _, _) in Known) settings.AddIdle($"faillock.{name}", all.Where(s => s.Name == name));
            return;
        }

        InForce(all);
    }

    private void InForce(List<Setting> all)
    {
        var inForce = Known.ToDictionary(
            known => known.Name,
            known => settings.Add($"faillock.{known.Name}", all.Where(s => s.Name == known.Name), known.Default, known.Read));
        if (inForce["deny"] is { } deny) policy.LockoutThreshold = uint.Parse(deny);
        if (inForce["fail_interval"] is { } window) policy.LockoutWindowSeconds = uint.Parse(window);
        if (inForce["unlock_time"] is { } unlock)
        {
            policy.LockoutPermanent = unlock == "0";
            if (unlock != "0") policy.LockoutSeconds = uint.Parse(unlock);
        }

        policy.LockoutBindsRoot = inForce["even_deny_root"] is not null || inForce["root_unlock_time"] is not null;
    }

    private static PamLine? Line(PamStack auth, string call) => auth.Of(Module).FirstOrDefault(line => line.Arguments.Contains(call));

    private static IEnumerable<Setting> Arguments(PamLine? line) => line is null ? [] : SettingsInForce.Arguments(line);

    private static string ConfOf(PamLine line) =>
        line.Arguments.LastOrDefault(a => a.StartsWith("conf=", StringComparison.Ordinal))?["conf=".Length..] ?? Conf;

    private static string? UnlockTime(string value) => value == "never" ? "0" : Seconds(value);

    private static string? Seconds(string value) =>
        CNumber.Decimal(value) is { } seconds and >= 0 ? Math.Min(seconds, LongestSeconds).ToString() : null;
}
