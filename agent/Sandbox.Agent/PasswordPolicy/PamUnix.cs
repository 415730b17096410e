using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>pam_unix(8): the scheme and cost of new hashes, empty passwords, and its own least length.</summary>
internal static class PamUnix
{
    public const string Module = "pam_unix.so";
    private const uint DefaultMinLength = 6;

    private static readonly string[] Schemes = ["md5", "bigcrypt", "sha256", "sha512", "blowfish", "gost_yescrypt", "yescrypt"];

    /// <summary>The name that crypt(5) gives the scheme of a PAM argument or of ENCRYPT_METHOD.</summary>
    public static string CryptName(string scheme) => scheme.ToLowerInvariant() switch
    {
        "blowfish" => "bcrypt",
        "gost_yescrypt" => "gost-yescrypt",
        var name => name,
    };

    /// <summary>The scheme that the stack names. Null: none, so login.defs decides.</summary>
    public static string? Scheme(PamStack password) => password.Of(Module).FirstOrDefault()?.Arguments.LastOrDefault(Schemes.Contains);

    /// <summary>Whether an empty password lets somebody in. Null: cannot be told.</summary>
    public static bool? AcceptsEmpty(PamStack auth)
    {
        if (auth.Of(Module).Any(line => line.Arguments.Any(argument => argument is "nullok" or "nullok_secure"))) return true;
        return auth.Complete ? false : null;
    }

    /// <summary>Fewest characters that it accepts itself. Null: it is not in the stack.</summary>
    public static uint? MinLength(PamStack password)
    {
        if (password.Of(Module).FirstOrDefault() is not { } line) return null;
        var argument = SettingsInForce.Arguments(line).LastOrDefault(setting => setting.Name == "minlen");
        if (argument.Name is null) return DefaultMinLength;
        return CNumber.Decimal(argument.Value) is { } length and >= 0 and <= uint.MaxValue ? (uint)length : null;
    }
}
