using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>Former passwords: pam_pwhistory(8) and <c>remember=</c> of pam_unix(8).</summary>
internal sealed class History(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public const string Module = "pam_pwhistory.so";
    private const string Conf = "/etc/security/pwhistory.conf";
    private const string Default = "10";

    public void Describe(RootFolder root, PamStack password)
    {
        var remembered = (uint?)null;
        if (password.Of(Module).FirstOrDefault() is { } line)
        {
            var conf = ReadsConf(root) ? ConfFile.Read(root, Conf, settings.Unseen) : [];
            var arguments = SettingsInForce.Arguments(line).ToList();
            var all = (conf ?? []).Concat(arguments).Where(Remember);
            if (conf is not null || arguments.Any(Remember))
                Take(ref remembered, settings.Add("pwhistory.remember", all, Default, SettingValue.Count));
        }

        var unix = password.Of(PamUnix.Module).SelectMany(SettingsInForce.Arguments).Where(Remember);
        Take(ref remembered, settings.Add("unix.remember", unix, null, SettingValue.Count));
        if (remembered is { } count) policy.History = count;
    }

    private static bool Remember(Setting setting) => setting.Name == "remember";

    private static void Take(ref uint? most, string? count)
    {
        if (count is not null && (most is null || uint.Parse(count) > most)) most = uint.Parse(count);
    }

    // Linux-PAM 1.5.2 (Debian 12) does not know the file, newer ones do. Their package brings the file, so its presence is the sign;
    // on Debian 12 it can only be there by hand, and says nothing.
    private static bool ReadsConf(RootFolder root) =>
        !(root.TryRead("etc/debian_version", out var version, out _) && version.StartsWith("12.", StringComparison.Ordinal));
}
