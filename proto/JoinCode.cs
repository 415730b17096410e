using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Google.Protobuf;

namespace Sandbox.Protocol;

/// <summary>The text form of a join code: <c>sbx1_</c>, then base64url of the content and 4 bytes of its SHA-256.</summary>
public static class JoinCode
{
    private const string Prefix = "sbx1_";
    private const int ChecksumLength = 4;
    private const int LongestText = 1024;
    private const string Torn = "it is incomplete or mistyped; copy it again as a whole";
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The text that people copy.</summary>
    public static string Write(JoinCodeContent content)
    {
        var bytes = content.ToByteArray();
        return Prefix + Base64Url.EncodeToString([.. bytes, .. Checksum(bytes)]);
    }

    /// <summary>Reads a code; white space around and inside it (a wrapped paste) is ignored.</summary>
    /// <param name="text">What was typed or pasted.</param>
    /// <param name="content">The content when the answer is true.</param>
    /// <param name="fault">What is wrong, for people, when the answer is false.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out JoinCodeContent? content, [NotNullWhen(false)] out string? fault)
    {
        content = null;
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (!compact.StartsWith(Prefix, StringComparison.Ordinal))
            return Refuse($"a join code begins with {Prefix}", out fault);
        if (compact.Length > LongestText || compact.AsSpan(Prefix.Length).ContainsAnyExcept(Alphabet))
            return Refuse("it holds characters that no join code has", out fault);
        if (!Base64Url.IsValid(compact.AsSpan(Prefix.Length)))
            return Refuse(Torn, out fault);

        var bytes = Base64Url.DecodeFromChars(compact.AsSpan(Prefix.Length));
        var body = bytes.AsSpan(0, Math.Max(0, bytes.Length - ChecksumLength));
        if (body.IsEmpty || !bytes.AsSpan(body.Length).SequenceEqual(Checksum(body)))
            return Refuse(Torn, out fault);

        return TryParse(body, out content, out fault);
    }

    private static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out JoinCodeContent? content, [NotNullWhen(false)] out string? fault)
    {
        content = null;
        try
        {
            var parsed = JoinCodeContent.Parser.ParseFrom(body);
            if (parsed.CaPin.Length != SHA256.HashSizeInBytes || parsed.Token.Length != 16 || parsed.Address.Length == 0 || parsed.ExpiresAt is null)
                return Refuse("it lacks the server's address, pin, token or expiry", out fault);
            (content, fault) = (parsed, null);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return Refuse("its content cannot be read", out fault);
        }
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> body) => SHA256.HashData(body).AsSpan(0, ChecksumLength);

    private static bool Refuse(string why, out string fault)
    {
        fault = why;
        return false;
    }
}
