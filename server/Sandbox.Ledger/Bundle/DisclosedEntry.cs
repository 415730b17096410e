using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sandbox.Ledger.Bundle;

/// <summary>
/// An entry of the log that a bundle shows: <c>{"index":12,"salt":"32 hexadecimal digits","body":"base64"}</c>, spelled in this way only;
/// <c>{"index":12}</c> when the bytes were erased.
/// </summary>
/// <param name="Index">Place of its leaf, from 0.</param>
/// <param name="Salt">16 bytes. Null: erased, together with the body.</param>
/// <param name="Body">The exact bytes of the LogBody to which the leaf commits. Null: erased.</param>
public sealed record DisclosedEntry(long Index, byte[]? Salt, byte[]? Body)
{
    /// <summary>Reads one line without its line feed.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static DisclosedEntry Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            var isErased = !entry.TryGetProperty("salt", out var salt);
            var read = new DisclosedEntry(
                entry.GetProperty("index").GetInt64(), isErased ? null : Convert.FromHexString(salt.GetString() ?? ""), isErased ? null : entry.GetProperty("body").GetBytesFromBase64());
            if (line.Span.SequenceEqual(read.ToBytes())) return read;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // What every other misspelling is told, below.
        }
        throw new FormatException("""A disclosed entry reads {"index":12,"salt":"HEX","body":"BASE64"}, without spaces, and {"index":12} when it was erased.""");
    }

    /// <summary>The line's bytes, without a line feed.</summary>
    public byte[] ToBytes()
    {
        var index = string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{Index}");
        return Encoding.ASCII.GetBytes(
            Salt is null || Body is null ? index + "}" : $"{index},\"salt\":\"{Convert.ToHexStringLower(Salt)}\",\"body\":\"{Convert.ToBase64String(Body)}\"}}");
    }

    /// <summary>Whether this is what the leaf commits to. An erased entry can no more be held against its leaf.</summary>
    public bool IsCommittedBy(LogEntry leaf) =>
        Salt is null || Body is null || (Salt.Length == LogEntry.SaltLength && LogEntry.Commit(Salt, Body).AsSpan().SequenceEqual(leaf.Commitment));
}
