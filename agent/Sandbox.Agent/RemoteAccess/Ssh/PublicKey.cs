using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>A public key as OpenSSH writes it: type, base64, comment. Nothing but type, size, fingerprint and comment is taken out of it.</summary>
internal static class PublicKey
{
    private const int LongestComment = 100;
    private const int LongestKey = 16 * 1024;

    /// <summary>Null: the text does not begin with a public key.</summary>
    public static SshKey? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var end = text.IndexOfAny(' ', '\t');
        if (end <= 0) return null;
        var (type, rest) = (text[..end].ToString(), text[end..].TrimStart().ToString());
        var stop = rest.IndexOfAny([' ', '\t']);
        var encoded = stop < 0 ? rest : rest[..stop];
        if (encoded.Length > LongestKey || Decode(encoded) is not { } blob) return null;
        if (First(blob) is not { } named || !named.SequenceEqual(Encoding.ASCII.GetBytes(type))) return null;
        var key = new SshKey { Type = type, Fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=') };
        if (Bits(type, blob) is { } bits) key.Bits = bits;
        if (stop >= 0 && Comment(rest[stop..]) is { Length: > 0 } comment) key.Comment = comment;
        return key;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static uint? Bits(string type, byte[] blob) => type switch
    {
        "ssh-ed25519" or "sk-ssh-ed25519@openssh.com" => 256,
        "ecdsa-sha2-nistp256" or "sk-ecdsa-sha2-nistp256@openssh.com" => 256,
        "ecdsa-sha2-nistp384" => 384,
        "ecdsa-sha2-nistp521" => 521,
        // RFC 4253 §6.6: exponent before modulus; the prime comes first in DSA.
        "ssh-rsa" => Length(Field(blob, 2)),
        "ssh-dss" => Length(Field(blob, 1)),
        _ => null,
    };

    private static byte[]? First(byte[] blob) => Field(blob, 0);

    private static byte[]? Field(byte[] blob, int index)
    {
        for (var rest = blob.AsSpan(); rest.Length >= 4; index--)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 4) return null;
            if (index == 0) return rest.Slice(4, (int)length).ToArray();
            rest = rest[(4 + (int)length)..];
        }

        return null;
    }

    private static uint? Length(byte[]? number)
    {
        if (number is null) return null;
        var digits = number.AsSpan().TrimStart((byte)0);
        return digits.IsEmpty ? null : (uint)(digits.Length * 8 - (byte.LeadingZeroCount(digits[0])));
    }

    private static string Comment(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length > LongestComment ? clean[..LongestComment] : clean;
    }
}
