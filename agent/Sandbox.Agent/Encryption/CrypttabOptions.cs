namespace Sandbox.Agent.Encryption;

/// <summary>Options of crypttab(5) that may leave the device. The others stay: <c>pkcs11-uri=</c> can hold a PIN, and nobody knows what a script takes.</summary>
internal static class CrypttabOptions
{
    private const int LongestValue = 100;

    private static readonly HashSet<string> Bare =
    [
        "bitlk", "discard", "initramfs", "loud", "luks", "nofail", "noauto", "no-read-workqueue", "no-write-workqueue", "plain", "quiet", "read-only", "readonly",
        "same-cpu-crypt", "submit-from-crypt-cpus", "swap", "tcrypt", "tcrypt-hidden", "tcrypt-system", "tcrypt-veracrypt", "tmp", "tries", "veracrypt", "_netdev", "x-initrd.attach",
    ];

    private static readonly HashSet<string> WithValue =
        ["cipher", "fido2-device", "hash", "header", "key-slot", "keyscript", "offset", "sector-size", "size", "skip", "timeout", "tmp", "tpm2-device", "tpm2-pcrs", "tries"];

    /// <summary>Those on the list, sorted, each once.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> options) => options.Where(IsHarmless).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The value of an option. Null: not set.</summary>
    public static string? Value(IEnumerable<string> options, string name) =>
        options.FirstOrDefault(option => option.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static bool IsHarmless(string option)
    {
        var equals = option.IndexOf('=');
        if (equals < 0) return Bare.Contains(option);
        return WithValue.Contains(option[..equals]) && option.Length - equals <= LongestValue && option.AsSpan(equals + 1).IndexOfAnyExcept(Plain) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._:+-");
}
