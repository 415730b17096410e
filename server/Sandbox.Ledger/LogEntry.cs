using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>
/// A leaf of the evidence log: small, opaque and readable by anybody with a text editor. Lines in this order, each ended by LF, an absent
/// field without a line:
/// <code>
/// sandbox-log/v1
/// kind evidence
/// time 2026-11-23T17:00:00.123456Z
/// device 32 hexadecimal digits
/// person 32 hexadecimal digits
/// subject 32 hexadecimal digits
/// body 64 hexadecimal digits
/// </code>
/// </summary>
/// <param name="Kind">What sort of thing it records.</param>
/// <param name="Time">When, by the server's clock, in microseconds.</param>
/// <param name="Device">Opaque id of the device, 16 bytes. Null: none is concerned.</param>
/// <param name="Person">Opaque id of the person, 16 bytes. Null: none is concerned.</param>
/// <param name="Subject">Opaque id of what it speaks of, such as a piece of evidence, 16 bytes. Null: nothing with an id.</param>
/// <param name="Commitment">SHA-256(salt ‖ body), 32 bytes; see <see cref="Commit"/>.</param>
public sealed record LogEntry(EntryKind Kind, DateTimeOffset Time, byte[]? Device, byte[]? Person, byte[]? Subject, byte[] Commitment)
{
    /// <summary>The first line of every leaf.</summary>
    public const string Version = "sandbox-log/v1";

    /// <summary>Bytes of a salt.</summary>
    public const int SaltLength = 16;

    private const int IdLength = 16;

    /// <summary>SHA-256(salt ‖ body): says nothing of the body to those who lack the salt.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>The leaf's bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(320).Append(Version).Append('\n');
        Line(text, "kind", Kind.ToString().ToLowerInvariant());
        Line(text, "time", Time.UtcDateTime.ToString(LeafLines.TimeFormat, CultureInfo.InvariantCulture));
        if (Device is not null) Line(text, "device", Convert.ToHexStringLower(Device));
        if (Person is not null) Line(text, "person", Convert.ToHexStringLower(Person));
        if (Subject is not null) Line(text, "subject", Convert.ToHexStringLower(Subject));
        Line(text, "body", Convert.ToHexStringLower(Commitment));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads a leaf.</summary>
    /// <exception cref="UnknownKindException">It is one of a kind that came later.</exception>
    /// <exception cref="FormatException">It is none; the message says which line is wrong.</exception>
    public static LogEntry Parse(ReadOnlySpan<byte> leaf)
    {
        var lines = new LeafLines(leaf);
        lines.Require(Version);
        var entry = new LogEntry(
            lines.Kind("kind"), lines.Time("time"), lines.Bytes("device", IdLength), lines.Bytes("person", IdLength), lines.Bytes("subject", IdLength),
            lines.Bytes("body", MerkleHash.Length) ?? throw lines.Wrong("body"));
        lines.End();
        return leaf.SequenceEqual(entry.ToBytes()) ? entry : throw new FormatException("The leaf is not spelled as leaves are: lower case, and nothing that is not needed.");
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append(' ').Append(value).Append('\n');
}
