using System.Numerics;

namespace Sandbox.Ledger;

/// <summary>Checks proofs; needs no tree. The steps are those of RFC 9162 §2.1.3.2 and §2.1.4.2, whose proofs are RFC 6962's.</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf stands at an index of the tree with this root.</summary>
    public static bool IsIncluded(ReadOnlySpan<byte> leafHash, long index, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size || !AreHashes(path)) return false;
        var (place, last, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var next in path)
        {
            if (last == 0) return false;
            if (IsRight(ref place, ref last)) hash = MerkleHash.Node(next, hash);
            else hash = MerkleHash.Node(hash, next);
            (place, last) = (place >> 1, last >> 1);
        }
        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the tree with the older root is the beginning of the tree with the newer one.</summary>
    public static bool IsConsistent(long older, ReadOnlySpan<byte> olderRoot, long newer, ReadOnlySpan<byte> newerRoot, IReadOnlyList<byte[]> proof)
    {
        if (older < 0 || older > newer || !AreHashes(proof)) return false;
        if (older == 0) return proof.Count == 0 && olderRoot.SequenceEqual(MerkleHash.EmptyRoot);
        if (older == newer) return proof.Count == 0 && olderRoot.SequenceEqual(newerRoot);
        IReadOnlyList<byte[]> path = BitOperations.IsPow2(older) ? [olderRoot.ToArray(), .. proof] : proof;
        if (path.Count == 0) return false;

        var (place, last) = (older - 1, newer - 1);
        while ((place & 1) == 1) (place, last) = (place >> 1, last >> 1);
        var (was, becomes) = (path[0], path[0]);
        foreach (var next in path.Skip(1))
        {
            if (last == 0) return false;
            if (IsRight(ref place, ref last)) (was, becomes) = (MerkleHash.Node(next, was), MerkleHash.Node(next, becomes));
            else becomes = MerkleHash.Node(becomes, next);
            (place, last) = (place >> 1, last >> 1);
        }
        return last == 0 && olderRoot.SequenceEqual(was) && newerRoot.SequenceEqual(becomes);
    }

    // Whether the next hash of a path stands on the left; a last node without a right neighbour rises until it has a left one.
    private static bool IsRight(ref long place, ref long last)
    {
        if ((place & 1) == 1) return true;
        if (place != last) return false;
        while (place != 0 && (place & 1) == 0) (place, last) = (place >> 1, last >> 1);
        return true;
    }

    private static bool AreHashes(IReadOnlyList<byte[]> hashes) => hashes.All(hash => hash.Length == MerkleHash.Length);
}
