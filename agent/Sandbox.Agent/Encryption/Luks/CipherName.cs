namespace Sandbox.Agent.Encryption.Luks;

/// <summary>Names of ciphers in headers.</summary>
internal static class CipherName
{
    /// <summary>The kernel's cipher_null leaves everything as it is.</summary>
    public static bool IsNull(string cipher) => cipher.StartsWith("cipher_null", StringComparison.Ordinal) || cipher.StartsWith("null", StringComparison.Ordinal);

    /// <summary>Such a name, or another word of a header. Null: nothing that should be repeated.</summary>
    public static string? Plain(string? word)
    {
        if (word is null || word.Length is 0 or > 64) return null;
        foreach (var c in word)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '(' or ')' or ':' or ',' or '.')) return null;
        return word;
    }
}
