using System.Globalization;

namespace Sandbox.Ledger;

/// <summary>What a log says of itself (C2SP tlog-checkpoint): its name, its size and its root hash, one a line.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Root">Root hash, 32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    private const int Lines = 3;

    /// <summary>The text that is signed.</summary>
    public string Text => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>Reads the text. Lines after the third, which other logs may add, are left out.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length <= Lines || lines[^1].Length > 0) throw new FormatException("A checkpoint has three lines: origin, size and root hash.");
        if (lines[0].Length == 0) throw new FormatException("A checkpoint begins with the log's origin; its first line is empty.");
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || lines[1] != size.ToString(CultureInfo.InvariantCulture))
            throw new FormatException($"'{lines[1]}' is no size of a log: a decimal number without leading zeros.");
        var root = new byte[lines[2].Length];
        if (!Convert.TryFromBase64String(lines[2], root, out var length) || length != MerkleHash.Length || Convert.ToBase64String(root, 0, length) != lines[2])
            throw new FormatException($"'{lines[2]}' is no root hash: {MerkleHash.Length} bytes in base64.");
        return new Checkpoint(lines[0], size, root[..length]);
    }

    /// <summary>The signed note that is published.</summary>
    public byte[] Sign(params IEnumerable<LogKey> keys) => SignedNote.Sign(Text, keys).ToBytes();
}
