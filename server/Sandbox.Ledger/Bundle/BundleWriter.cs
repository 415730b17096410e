using System.IO.Compression;

namespace Sandbox.Ledger.Bundle;

/// <summary>
/// Writes a bundle. The same contents give the same bytes: files in a fixed order, all of one instant. Two steps, because the log is asked in between:
/// <code>
/// var sums = await Sha256Sums.OfAsync(documents, ct);        // log BundleExported with sums.Hash; wait for a checkpoint beyond it
/// await BundleWriter.WriteAsync(response.Body, contents, ct);
/// </code>
/// </summary>
public static class BundleWriter
{
    // The first instant that a zip can name: when a file was made, the log tells.
    private static readonly DateTimeOffset _time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // As for rw-r--r--, stat(2), in the upper half.
    private const int Attributes = 0x81A4 << 16;

    /// <summary>Writes the zip; the stream needs no place to go back to.</summary>
    /// <exception cref="FormatException">The checkpoint is none.</exception>
    /// <exception cref="InvalidDataException">A tile or leaf is missing.</exception>
    public static async Task WriteAsync(Stream into, BundleContents contents, CancellationToken ct)
    {
        var size = Ledger.Checkpoint.Parse(SignedNote.Parse(contents.Checkpoint).Text).Size;
        var sums = await Sha256Sums.OfAsync(contents.Documents, ct);
        await using var zip = await ZipArchive.CreateAsync(into, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var document in contents.Documents.OrderBy(document => document.Path, StringComparer.Ordinal)) await AddAsync(zip, document, ct);
        await AddAsync(zip, BundlePath.Sums, sums.ToBytes(), ct);
        await AddAsync(zip, BundlePath.Export, [.. contents.Export.ToBytes(), (byte)'\n'], ct);
        await AddAsync(zip, BundlePath.Checkpoint, contents.Checkpoint, ct);
        foreach (var (id, note) in contents.Handovers.OrderBy(pair => pair.Key, StringComparer.Ordinal)) await AddAsync(zip, BundlePath.Handovers + id, note, ct);
        foreach (var path in TilePath.OfTree(size)) await AddAsync(zip, path.ToString(), await BytesAsync(contents, path, ct), ct);
    }

    private static async Task<byte[]> BytesAsync(BundleContents contents, TilePath path, CancellationToken ct)
    {
        if (path.Level is { } level) return TilePath.RequireWidth(level, path.Index, await contents.Tiles(level, path.Index, ct) ?? [], path.Width).ToArray();
        var leaves = await contents.Leaves(path.Index * Tile.Width, path.Width, ct);
        return leaves.Count == path.Width ? EntryBundle.Write(leaves) : throw new InvalidDataException($"There are {leaves.Count} leaves for {path} instead of {path.Width}.");
    }

    private static Task AddAsync(ZipArchive zip, string path, byte[] bytes, CancellationToken ct) => AddAsync(zip, BundleDocument.Of(path, bytes), ct);

    private static async Task AddAsync(ZipArchive zip, BundleDocument document, CancellationToken ct)
    {
        var entry = zip.CreateEntry(document.Path, CompressionLevel.Fastest);
        (entry.LastWriteTime, entry.ExternalAttributes) = (_time, Attributes);
        await using var from = document.Open();
        await using var into = await entry.OpenAsync(ct);
        await from.CopyToAsync(into, ct);
    }
}
