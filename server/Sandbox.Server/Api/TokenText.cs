using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sandbox.Server.Api;

/// <summary>
/// A token as programs send it: <c>sandbox_</c> and 32 random bytes in base64url, 43 letters. The beginning is for tools that look for secrets where none
/// should be. The store keeps the SHA-256 of the bytes, so looking one up compares hashes and tells nothing by its timing.
/// </summary>
internal static class TokenText
{
    private const string Beginning = "sandbox_";
    private const int Length = 32;

    /// <summary>A new one, and what the store keeps of it.</summary>
    public static (string Text, byte[] Hash) New()
    {
        var secret = RandomNumberGenerator.GetBytes(Length);
        return (Beginning + Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <summary>What the store would have of it. Null: it is no token.</summary>
    public static byte[]? Hash(string text)
    {
        if (!text.StartsWith(Beginning, StringComparison.Ordinal)) return null;
        var letters = text.AsSpan(Beginning.Length);
        Span<byte> secret = stackalloc byte[Length];
        return Base64Url.IsValid(letters, out var length) && length == Length && Base64Url.TryDecodeFromChars(letters, secret, out _) ? SHA256.HashData(secret) : null;
    }
}
