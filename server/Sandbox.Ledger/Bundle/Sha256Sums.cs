using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Ledger.Bundle;

/// <summary>SHA-256 of files, in the text form of sha256sum(1): <c>HEX  PATH</c> a line, sorted by path, each line ended by LF.</summary>
public sealed class Sha256Sums
{
    private const int HexDigits = 2 * MerkleHash.Length;
    private const string Between = "  ";

    private readonly SortedDictionary<string, byte[]> _hashes = new(StringComparer.Ordinal);

    /// <summary>Each file's hash, 32 bytes, by its path.</summary>
    public IReadOnlyDictionary<string, byte[]> Hashes => _hashes;

    /// <summary>SHA-256 of <see cref="ToBytes"/>: what the export's entry commits to.</summary>
    public byte[] Hash => SHA256.HashData(ToBytes());

    /// <summary>Reads the documents and adds them up.</summary>
    /// <exception cref="ArgumentException">Two have one path, or one is no document of a bundle.</exception>
    public static async Task<Sha256Sums> OfAsync(IEnumerable<BundleDocument> documents, CancellationToken ct)
    {
        var sums = new Sha256Sums();
        foreach (var document in documents)
        {
            if (!BundlePath.IsPlain(document.Path) || !BundlePath.IsDocument(document.Path)) throw new ArgumentException($"'{document.Path}' cannot name a document of a bundle.", nameof(documents));
            await using var bytes = document.Open();
            sums._hashes.Add(document.Path, await SHA256.HashDataAsync(bytes, ct));
        }
        return sums;
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static Sha256Sums Parse(ReadOnlySpan<byte> text)
    {
        var sums = new Sha256Sums();
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n').SkipLast(1))
        {
            if (line.Length <= HexDigits + Between.Length || !line.Take(HexDigits).All(char.IsAsciiHexDigitLower) || line.AsSpan(HexDigits, Between.Length) is not Between)
                throw new FormatException($"'{line}' is no line of sums: {HexDigits} hexadecimal digits, two spaces and a path.");
            var path = line[(HexDigits + Between.Length)..];
            if (!sums._hashes.TryAdd(path, Convert.FromHexString(line.AsSpan(0, HexDigits)))) throw new FormatException($"'{path}' has two sums.");
        }
        return text.SequenceEqual(sums.ToBytes()) ? sums : throw new FormatException("Sums are sorted by path, in UTF-8, and end with a line feed.");
    }

    /// <summary>The text form's bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var (path, hash) in _hashes) text.Append(Convert.ToHexStringLower(hash)).Append(Between).Append(path).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
