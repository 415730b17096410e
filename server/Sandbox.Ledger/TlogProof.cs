using System.Globalization;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>A portable proof that one entry stands in a log (C2SP tlog-proof): what is needed beside the entry and the log's key.</summary>
/// <param name="Index">Place of the leaf, from 0.</param>
/// <param name="Path">Audit path, from the leaf's neighbour upwards.</param>
/// <param name="Checkpoint">The signed note of the checkpoint that it leads to.</param>
public sealed record TlogProof(long Index, IReadOnlyList<byte[]> Path, byte[] Checkpoint)
{
    private const string Version = "c2sp.org/tlog-proof@v1";
    private const string IndexWord = "index ";

    /// <summary>Reads a proof; nothing is verified.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> proof)
    {
        var blank = proof.IndexOf("\n\n"u8);
        if (blank < 0) throw new FormatException("A proof has a blank line before its checkpoint.");
        var lines = Encoding.UTF8.GetString(proof[..blank]).Split('\n');
        if (lines[0] != Version) throw new FormatException($"A proof begins with '{Version}', not with '{lines[0]}'.");
        if (lines.Length < 2 || !lines[1].StartsWith(IndexWord, StringComparison.Ordinal)
            || !long.TryParse(lines[1].AsSpan(IndexWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            throw new FormatException($"The second line of a proof is '{IndexWord}' and a number.");
        return new TlogProof(index, [.. lines.Skip(2).Select(HashLine.Parse)], proof[(blank + 2)..].ToArray());
    }

    /// <summary>The proof's bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Version).Append('\n').Append(IndexWord).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Path) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint];
    }

    /// <summary>Whether it proves, to those who trust this key, that the entry stands in the log. Null: it does; else what is wrong.</summary>
    public string? FaultFor(ReadOnlySpan<byte> entry, VerifierKey key)
    {
        try
        {
            var note = SignedNote.Parse(Checkpoint);
            if (!note.IsSignedBy(key)) return $"the checkpoint is not signed by {key}";
            var checkpoint = Ledger.Checkpoint.Parse(note.Text);
            if (checkpoint.Origin != key.Name) return $"the checkpoint is one of {checkpoint.Origin}, not of {key.Name}";
            return MerkleProof.IsIncluded(MerkleHash.Leaf(entry), Index, checkpoint.Size, checkpoint.Root, Path) ? null : $"the path does not lead from the entry to the root of {checkpoint.Size} leaves";
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }
}
