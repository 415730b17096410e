using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.Protocol;

namespace Sandbox.Verify.SignOffs;

/// <summary>Whether a passkey signed exactly these bytes: the steps of WebAuthn Level 3, section 7.2, that need no account.</summary>
internal static class Assertion
{
    private const int HashLength = SHA256.HashSizeInBytes;

    // Hash of the relying party, flags, counter.
    private const int LeastBytes = HashLength + 1 + sizeof(uint);
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;

    /// <summary>What is wrong, for people. Null: the holder of the key signed the decision, and was there.</summary>
    public static string? Fault(SignedDecision signed)
    {
        var authenticator = signed.AuthenticatorData.Span;
        if (authenticator.Length < LeastBytes) return $"what the authenticator says has {authenticator.Length} bytes, fewer than {LeastBytes}";
        if (!SHA256.HashData(Encoding.UTF8.GetBytes(signed.RelyingParty)).AsSpan().SequenceEqual(authenticator[..HashLength])) return $"it was made for another site than {signed.RelyingParty}";
        if ((authenticator[HashLength] & UserPresent) == 0) return "nobody was present";
        if ((authenticator[HashLength] & UserVerified) == 0) return "the authenticator did not verify who was present, by PIN or by fingerprint";
        return ClientFault(signed) ?? SignatureFault(signed);
    }

    /// <summary>What vouches for it, for people.</summary>
    public static string Name(SignedDecision signed) => $"signed with the passkey {Convert.ToHexStringLower(SHA256.HashData(signed.PublicKey.Span).AsSpan(0, 8))} of {signed.RelyingParty}";

    private static string? ClientFault(SignedDecision signed)
    {
        try
        {
            using var client = JsonDocument.Parse(signed.ClientDataJson.Memory);
            var said = client.RootElement;
            var challenge = Convert.ToBase64String(SHA256.HashData(signed.Decision.Span)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            if (said.GetProperty("type").GetString() != "webauthn.get") return "what the browser says is no use of a passkey";
            if (said.GetProperty("challenge").GetString() != challenge) return "it was made for another decision: its challenge is not the SHA-256 of this one";
            if (!IsOf(said.GetProperty("origin").GetString(), signed.RelyingParty)) return $"it was made on another site than {signed.RelyingParty}: on {said.GetProperty("origin").GetString()}";
            return said.TryGetProperty("crossOrigin", out var cross) && cross.ValueKind == JsonValueKind.True ? "it was made within a page of another site" : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "what the browser says cannot be read";
        }
    }

    private static bool IsOf(string? origin, string relyingParty) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site) && (site.Scheme == Uri.UriSchemeHttps || site.IsLoopback)
        && (site.Host == relyingParty || site.Host.EndsWith("." + relyingParty, StringComparison.Ordinal));

    private static string? SignatureFault(SignedDecision signed)
    {
        byte[] message = [.. signed.AuthenticatorData.Span, .. SHA256.HashData(signed.ClientDataJson.Span)];
        return PasskeyKey.Verify(signed.Algorithm, signed.PublicKey.Span, message, signed.Signature.Span) switch
        {
            true => null,
            false => "the signature was not made by this passkey over this decision",
            null => $"its key is none of the algorithm {signed.Algorithm} that this program knows: ES256 (-7), EdDSA (-8) and RS256 (-257)",
        };
    }
}
