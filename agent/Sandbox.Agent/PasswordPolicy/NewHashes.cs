using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>Scheme and cost of new password hashes: PAM first, login.defs second.</summary>
internal sealed class NewHashes(Protocol.PasswordPolicy policy, SettingsInForce settings)
{
    public void Describe(PamStack password, LoginDefs login)
    {
        var method = settings.Add("login.defs.ENCRYPT_METHOD", login.All.Where(s => s.Name == "ENCRYPT_METHOD"), null, SettingValue.Text);
        var scheme = PamUnix.Scheme(password);
        // A stack that cannot be read may name another scheme than login.defs does.
        if (scheme is null && password.Complete) scheme = method;
        if (scheme is null) return;
        policy.HashScheme = PamUnix.CryptName(scheme);
        var arguments = password.Of(PamUnix.Module).SelectMany(SettingsInForce.Arguments).Where(s => s.Name == "rounds");
        var rounds = settings.Add("unix.rounds", arguments, null, SettingValue.Number);
        if (rounds is null && CostSetting(policy.HashScheme) is { } cost)
            rounds = settings.Add($"login.defs.{cost}", login.All.Where(s => s.Name == cost), null, SettingValue.LoginDefsNumber);
        if (uint.TryParse(rounds, out var count)) policy.HashRounds = count;
    }

    private static string? CostSetting(string scheme) => scheme switch
    {
        "sha256" or "sha512" => "SHA_CRYPT_MAX_ROUNDS",
        "yescrypt" => "YESCRYPT_COST_FACTOR",
        "bcrypt" => "BCRYPT_MAX_ROUNDS",
        _ => null,
    };
}
