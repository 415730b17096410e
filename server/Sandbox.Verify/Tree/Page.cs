using Sandbox.Ledger;

namespace Sandbox.Verify.Tree;

/// <summary>Up to 256 neighbouring leaves, hashed and read.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="Hashes">Their hashes, one after the other.</param>
/// <param name="Leaves">What they say. Null in the place of one that is no leaf of ours.</param>
/// <param name="Faults">What is wrong with those that are none, by index.</param>
/// <param name="Unknown">Kinds that a newer server writes, by index: what they say cannot be told.</param>
internal sealed record Page(long First, byte[] Hashes, IReadOnlyList<LogEntry?> Leaves, IReadOnlyDictionary<long, string> Faults, IReadOnlyDictionary<long, string> Unknown)
{
    /// <summary>Reads a bundle of entries.</summary>
    /// <exception cref="InvalidDataException">It holds more or fewer than its path says, or ends within one.</exception>
    public static Page Of(TilePath path, byte[] bundle)
    {
        var entries = Entries(bundle);
        if (entries.Count != path.Width) throw new InvalidDataException($"it has {entries.Count} entries instead of {path.Width}");
        var first = path.Index * Tile.Width;
        var (hashes, leaves, faults) = (new byte[entries.Count * MerkleHash.Length], new LogEntry?[entries.Count], new Dictionary<long, string>());
        var unknown = new Dictionary<long, string>();
        for (var i = 0; i < entries.Count; i++)
        {
            MerkleHash.Leaf(entries[i]).CopyTo(hashes, i * MerkleHash.Length);
            try
            {
                leaves[i] = LogEntry.Parse(entries[i]);
            }
            catch (UnknownKindException newer)
            {
                unknown.Add(first + i, newer.Kind);
            }
            catch (FormatException fault)
            {
                faults.Add(first + i, fault.Message);
            }
        }
        return new Page(first, hashes, leaves, faults, unknown);
    }

    private static IReadOnlyList<byte[]> Entries(byte[] bundle)
    {
        try
        {
            return EntryBundle.Read(bundle);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(fault.Message);
        }
    }
}
