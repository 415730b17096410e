using System.Globalization;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>What a log asks a witness to cosign (C2SP tlog-witness): a checkpoint, and that it has grown from the one that the witness cosigned last.</summary>
/// <param name="Old">Leaves of the checkpoint that the witness cosigned last, as far as the log knows. 0: none.</param>
/// <param name="Proof">Consistency proof from that size to the checkpoint's (RFC 6962 §2.1.2).</param>
/// <param name="Checkpoint">The signed note of the checkpoint.</param>
public sealed record AddCheckpoint(long Old, IReadOnlyList<byte[]> Proof, byte[] Checkpoint)
{
    /// <summary>Bytes of the largest request: a note of its largest size below the longest proof.</summary>
    public const int Largest = SignedNote.Largest + ((MostHashes + 2) * LongestLine);

    private const int MostHashes = 63;
    private const int LongestLine = 46;
    private const string OldWord = "old ";

    /// <summary>Reads a request; nothing is verified.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> request)
    {
        var blank = request.IndexOf("\n\n"u8);
        if (blank < 0) throw new FormatException("A request has a blank line before its checkpoint.");
        var lines = Encoding.UTF8.GetString(request[..blank]).Split('\n');
        if (lines.Length > 1 + MostHashes) throw new FormatException($"A consistency proof has {MostHashes} hashes at most, not {lines.Length - 1}.");
        var digits = lines[0].StartsWith(OldWord, StringComparison.Ordinal) ? lines[0][OldWord.Length..] : "";
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var old) || digits != old.ToString(CultureInfo.InvariantCulture))
            throw new FormatException($"A request begins with '{OldWord}' and a size without leading zeros, not with '{lines[0]}'.");
        return new AddCheckpoint(old, [.. lines.Skip(1).Select(HashLine.Parse)], request[(blank + 2)..].ToArray());
    }

    /// <summary>The request's bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(OldWord).Append(Old.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint];
    }
}
