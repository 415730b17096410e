using System.Globalization;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>
/// The path of a tile or of a bundle of entries (C2SP tlog-tiles): <c>tile/0/x001/x234/067</c>, <c>tile/entries/003.p/17</c>.
/// </summary>
/// <param name="Level">Level of the tile. Null: a bundle of entries.</param>
/// <param name="Index">Place within the level, from 0.</param>
/// <param name="Width">Hashes or entries: 256, or 1 to 255 of a partial one.</param>
public sealed record TilePath(int? Level, long Index, int Width = Tile.Width)
{
    private const string Root = "tile/";
    private const string Entries = "entries";
    private const int MostGroups = 6;

    /// <summary>Whether it is full, and so never changes.</summary>
    public bool IsFull => Width == Tile.Width;

    /// <summary>All paths of a tree: bundles and tiles of every level, partial ones just as wide as the tree fills them.</summary>
    /// <param name="size">Leaves of the tree.</param>
    public static IEnumerable<TilePath> OfTree(long size)
    {
        foreach (var path in OfLevel(null, size)) yield return path;
        for (var (level, count) = (0, size); count > 0; level++, count /= Tile.Width)
        {
            foreach (var path in OfLevel(level, count)) yield return path;
        }
    }

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static TilePath Parse(string text)
    {
        var parts = text.StartsWith(Root, StringComparison.Ordinal) ? text[Root.Length..].Split('/') : throw new FormatException($"'{text}' does not begin with {Root}.");
        var level = LevelOf(parts[0], text);
        var width = Tile.Width;
        var groups = parts.AsSpan(1);
        if (groups is [.., var beforeWidth, var typed] && beforeWidth.EndsWith(".p", StringComparison.Ordinal))
        {
            width = Number(typed, 1, Tile.Width - 1) ?? throw new FormatException($"'{text}' names a partial tile of {typed} hashes; there are 1 to {Tile.Width - 1}.");
            groups = groups[..^1];
            groups[^1] = beforeWidth[..^2];
        }
        return new TilePath(level, IndexOf(groups, text), width);
    }

    /// <summary>The path's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Root).Append(Level is { } level ? level.ToString(CultureInfo.InvariantCulture) : Entries).Append('/');
        var digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        for (var i = 0; i < digits.Length - 3; i += 3) text.Append('x').Append(digits, i, 3).Append('/');
        text.Append(digits, digits.Length - 3, 3);
        if (!IsFull) text.Append(".p/").Append(Width);
        return text.ToString();
    }

    /// <summary>The first hashes of a tile that was read.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    internal static ReadOnlySpan<byte> RequireWidth(int level, long index, ReadOnlySpan<byte> hashes, int width) =>
        hashes.Length >= width * MerkleHash.Length
            ? hashes[..(width * MerkleHash.Length)]
            : throw new InvalidDataException($"{new TilePath(level, index)} has {hashes.Length / MerkleHash.Length} hashes instead of {width} or more.");

    private static IEnumerable<TilePath> OfLevel(int? level, long count)
    {
        for (var first = 0L; first < count; first += Tile.Width) yield return new TilePath(level, first / Tile.Width, (int)Math.Min(count - first, Tile.Width));
    }

    private static int? LevelOf(string part, string text) => part == Entries
        ? null
        : Number(part, 0, Tile.HighestLevel) ?? throw new FormatException($"'{text}' names no level from 0 to {Tile.HighestLevel} and not {Entries}.");

    private static long IndexOf(ReadOnlySpan<string> groups, string text)
    {
        var index = 0L;
        for (var i = 0; i < groups.Length; i++)
        {
            var (group, isLast) = (groups[i], i == groups.Length - 1);
            var digits = isLast ? group : group.StartsWith('x') ? group[1..] : "";
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit)) throw Bad(text);
            index = (index * 1000) + int.Parse(digits, CultureInfo.InvariantCulture);
        }
        // One spelling only: no leading groups of zeros.
        return groups.Length is > 0 and <= MostGroups && (groups.Length == 1 || groups[0] != "x000") ? index : throw Bad(text);
    }

    private static FormatException Bad(string text) =>
        new($"'{text}' names no index: groups of three digits, each but the last with an x before it, such as x001/x234/067.");

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
        && text.Length == number.ToString(CultureInfo.InvariantCulture).Length ? number : null;
}
