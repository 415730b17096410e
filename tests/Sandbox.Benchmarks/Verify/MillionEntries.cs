using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;

namespace Sandbox.Benchmarks.Verify;

/// <summary>The bundle of a whole log: so many changed verdicts, all disclosed.</summary>
internal static class MillionEntries
{
    public const int Size = 1_000_000;

    private const int AtOnce = 10_000;
    private const string Origin = "lab.example/evidence";

    /// <summary>Writes it.</summary>
    /// <param name="zip">Where it goes.</param>
    /// <param name="entries">A file beside it that holds the disclosed entries meanwhile.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The text form of the log's key.</returns>
    public static async Task<string> WriteAsync(string zip, string entries, CancellationToken ct)
    {
        using var key = LogKey.FromSeed(Origin, LogKey.NewSeed());
        var (leaves, tiles, tree) = (new List<byte[]>(Size), new Dictionary<(int, long), byte[]>(), (Size: 0L, Root: MerkleHash.EmptyRoot));
        Task<byte[]?> ReadAsync(int level, long index, CancellationToken token) => Task.FromResult(tiles.GetValueOrDefault((level, index)));
        async Task GrowAsync()
        {
            var growth = await TreeGrowth.AppendAsync(tree.Size, tree.Root, ReadAsync, leaves.Skip((int)tree.Size), ct);
            foreach (var tile in growth.Tiles) tiles[(tile.Level, tile.Index)] = tile.Hashes;
            tree = (growth.Size, growth.Root);
        }

        await using (var lines = File.Create(entries))
        {
            for (var i = 0; i < Size - 1; i++)
            {
                var entry = Entry(i, out var leaf);
                leaves.Add(leaf.ToBytes());
                lines.Write(entry.ToBytes());
                lines.WriteByte((byte)'\n');
                if (leaves.Count % AtOnce == 0) await GrowAsync();
            }
        }
        BundleDocument[] documents = [new(BundlePath.Entries, () => File.OpenRead(entries))];
        var said = new BundleExported { Sums = ByteString.CopyFrom((await Sha256Sums.OfAsync(documents, ct)).Hash), Size = Size - 1 };
        var export = Disclosed(Size - 1, EntryKind.Export, new LogBody { Exported = said }, null, out var last);
        leaves.Add(last.ToBytes());
        await GrowAsync();
        await using var into = File.Create(zip);
        await BundleWriter.WriteAsync(into, new BundleContents
        {
            Checkpoint = new Checkpoint(Origin, tree.Size, tree.Root).Sign(key),
            Tiles = ReadAsync,
            Leaves = (first, count, _) => Task.FromResult<IReadOnlyList<byte[]>>(leaves.GetRange((int)first, count)),
            Documents = documents,
            Export = export,
        }, ct);
        return key.Verifier.ToString();
    }

    private static DisclosedEntry Entry(int index, out LogEntry leaf)
    {
        var device = ByteString.CopyFrom(SHA256.HashData(BitConverter.GetBytes(index % 500)).AsSpan(0, DeviceId.Length));
        var changed = new VerdictChanged { DeviceId = device, Rule = "password.min-length", Before = "fail", After = "pass", Expected = "at least 12", Observed = "14", Policy = "lab-default/1" };
        return Disclosed(index, EntryKind.Transition, new LogBody { VerdictChanged = changed }, device.ToByteArray(), out leaf);
    }

    private static DisclosedEntry Disclosed(long index, EntryKind kind, LogBody body, byte[]? device, out LogEntry leaf)
    {
        var (salt, bytes) = (RandomNumberGenerator.GetBytes(LogEntry.SaltLength), body.ToByteArray());
        leaf = new LogEntry(kind, DateTimeOffset.UnixEpoch.AddSeconds(index), device, null, null, LogEntry.Commit(salt, bytes));
        return new DisclosedEntry(index, salt, bytes);
    }
}
