using System.Buffers.Binary;

namespace Sandbox.Ledger;

/// <summary>Up to 256 neighbouring entries in one piece (C2SP tlog-tiles): each as two bytes of length, big-endian, and its bytes.</summary>
public static class EntryBundle
{
    /// <summary>Bytes of the largest entry that a bundle can hold.</summary>
    public const int LargestEntry = ushort.MaxValue;

    private const int LengthBytes = sizeof(ushort);

    /// <summary>Puts entries together.</summary>
    /// <exception cref="ArgumentException">One of them is too large.</exception>
    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        if (entries.Any(entry => entry.Length > LargestEntry)) throw new ArgumentException($"An entry has {LargestEntry} bytes at most.", nameof(entries));
        var bundle = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }
        return bundle;
    }

    /// <summary>Takes a bundle apart.</summary>
    /// <exception cref="FormatException">It ends within an entry.</exception>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> bundle)
    {
        var entries = new List<byte[]>();
        while (!bundle.IsEmpty)
        {
            var length = bundle.Length < LengthBytes ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (length > bundle.Length - LengthBytes) throw new FormatException($"The bundle ends within entry {entries.Count}.");
            entries.Add(bundle.Slice(LengthBytes, length).ToArray());
            bundle = bundle[(LengthBytes + length)..];
        }
        return entries;
    }
}
