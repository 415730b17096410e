using System.Security.Cryptography;

namespace Sandbox.Ledger;

/// <summary>The hashes of a log's tree, RFC 6962 §2.1: SHA-256 with a first byte that tells leaves from nodes.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of an entry as a leaf.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry) => SHA256.HashData([LeafPrefix, .. entry]);

    /// <summary>Hash of two neighbours.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Length];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>Root above 1, 2, 4, ... 256 hashes.</summary>
    internal static byte[] Complete(ReadOnlySpan<byte> hashes)
    {
        Span<byte> level = stackalloc byte[Tile.Width * Length];
        hashes.CopyTo(level);
        for (var count = hashes.Length / Length / 2; count > 0; count /= 2)
        {
            // A parent lies where its left child was, or before it: what is still to be read is not written over.
            for (var i = 0; i < count; i++) Node(level.Slice(2 * i * Length, Length), level.Slice(((2 * i) + 1) * Length, Length), level.Slice(i * Length, Length));
        }
        return level[..Length].ToArray();
    }

    private static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> into)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        SHA256.HashData(input, into);
    }
}
