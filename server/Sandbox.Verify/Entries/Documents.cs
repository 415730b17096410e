using System.Security.Cryptography;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Files;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>Whether every document is the one to which the export's entry commits, and nothing is there besides.</summary>
internal sealed class Documents(IBundleFiles files, Findings findings)
{
    // Of all documents together, unpacked: far above the largest lab, so that a zip that unpacks to endless zeros ends.
    private const long MostBytes = 16L * 1024 * 1024 * 1024;
    private const int MostSums = 16 * 1024 * 1024;

    private long _left = MostBytes;

    /// <summary>How many documents are as the sums say.</summary>
    public int Good { get; private set; }

    /// <summary>Reads all of them.</summary>
    public async Task CheckAsync(Export? export, CancellationToken ct)
    {
        try
        {
            var text = await files.ReadAsync(BundlePath.Sums, MostSums, ct);
            if (export is not null && !SHA256.HashData(text).AsSpan().SequenceEqual(export.Said.Sums.Span)) findings.Fault(BundlePath.Sums, "it is not the file to which the export's entry in the log commits");
            var sums = Sha256Sums.Parse(text);
            foreach (var (path, sum) in sums.Hashes) await CheckAsync(path, sum, ct);
            foreach (var path in files.Paths!.Where(path => BundlePath.IsDocument(path) && !sums.Hashes.ContainsKey(path)).Order(StringComparer.Ordinal)) findings.Fault(path, "it is not part of this bundle: no sum names it");
            if (!sums.Hashes.ContainsKey(BundlePath.Entries)) findings.Fault(BundlePath.Entries, "no sum names it");
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            findings.Fault(BundlePath.Sums, fault.Message);
        }
    }

    /// <summary>Whether the tree's files are there, all and no others.</summary>
    public void CheckTree(long size)
    {
        var tree = files.Paths!.Where(path => path.StartsWith(BundlePath.Tree, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var count = tree.Count;
        foreach (var path in TilePath.OfTree(size).Take(count + Findings.Most)) tree.Remove(path.ToString());
        foreach (var path in tree.Order(StringComparer.Ordinal)) findings.Fault(path, $"it is not part of a tree of {size} entries");
    }

    private async Task CheckAsync(string path, byte[] sum, CancellationToken ct)
    {
        try
        {
            if (!BundlePath.IsDocument(path)) throw new InvalidDataException("a sum names it, which proves itself and has none");
            await using var file = await files.OpenAsync(path, ct) ?? throw new InvalidDataException($"it is missing; {BundlePath.Sums} names it");
            if (!(await HashAsync(file, ct)).AsSpan().SequenceEqual(sum)) throw new InvalidDataException($"it was altered: its SHA-256 is not the one in {BundlePath.Sums}");
            Good++;
        }
        catch (InvalidDataException fault)
        {
            findings.Fault(path, fault.Message);
        }
    }

    private async Task<byte[]> HashAsync(Stream file, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
        {
            if ((_left -= read) < 0) throw new InvalidDataException($"with it, the documents unpack to more than {MostBytes} bytes");
            hash.AppendData(buffer, 0, read);
        }
        return hash.GetHashAndReset();
    }
}
