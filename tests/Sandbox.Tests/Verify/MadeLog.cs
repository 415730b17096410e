using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>A log that was made up, entry by entry, with real keys. Its clock moves on by a second with each entry.</summary>
internal sealed class MadeLog(LogKey key)
{
    private readonly List<byte[]> _leaves = [];
    private readonly List<DisclosedEntry> _bodies = [];

    public const string Origin = "lab.example/evidence";

    public static LogKey NewKey() => LogKey.FromSeed(Origin, LogKey.NewSeed());

    /// <summary>The key that signs.</summary>
    public LogKey Key { get; set; } = key;

    /// <summary>The time of the next entry.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);

    public long Size => _leaves.Count;

    /// <summary>The last entry, with its bytes.</summary>
    public DisclosedEntry Last => _bodies[^1];

    /// <summary>Files that the bundle has besides.</summary>
    public Dictionary<string, byte[]> Handovers { get; } = [];

    /// <summary>Adds an entry whose leaf names what it is told.</summary>
    public long Add(EntryKind kind, LogBody body, ByteString? device = null, ByteString? person = null, ByteString? subject = null)
    {
        var (salt, bytes) = (RandomNumberGenerator.GetBytes(LogEntry.SaltLength), body.ToByteArray());
        return Add(new LogEntry(kind, Now, device?.ToByteArray(), person?.ToByteArray(), subject?.ToByteArray(), LogEntry.Commit(salt, bytes)), salt, bytes);
    }

    /// <summary>Adds entries that say nothing of interest.</summary>
    public void Fill(long size)
    {
        while (Size < size) Add(EntryKind.Policy, new LogBody { PolicyInForce = new PolicyInForce { Policy = $"lab-default/{Size}" } });
    }

    /// <summary>Adds the last entry once more, leaf and all.</summary>
    public void Repeat()
    {
        _leaves.Add(_leaves[^1]);
        _bodies.Add(_bodies[^1] with { Index = Size - 1 });
    }

    /// <summary>Adds a leaf as it is, with nothing to it.</summary>
    public void Add(byte[] leaf)
    {
        _leaves.Add(leaf);
        _bodies.Add(new DisclosedEntry(Size - 1, null, null));
    }

    /// <summary>Forgets what an entry said.</summary>
    public void Erase(long index) => _bodies[(int)index] = new DisclosedEntry(index, null, null);

    /// <summary>The signed checkpoint of the whole.</summary>
    public async Task<Checkpoint> CheckpointAsync() => new(Origin, Size, (await GrowthAsync()).Root);

    /// <summary>Exports all entries, or what a scope says of them.</summary>
    /// <param name="scope">What is exported. Null: everything.</param>
    /// <param name="shown">Which of the entries are disclosed. Null: all.</param>
    /// <param name="witnesses">Who cosigns the checkpoint, and when.</param>
    public async Task<MadeBundle> ExportAsync(BundleExported? scope = null, Func<long, bool>? shown = null, params (WitnessKey Key, DateTimeOffset At)[] witnesses)
    {
        BundleDocument[] documents =
        [
            BundleDocument.Of(BundlePath.Entries, [.. _bodies.Where(entry => shown?.Invoke(entry.Index) ?? true).SelectMany(entry => (byte[])[.. entry.ToBytes(), (byte)'\n'])]),
            BundleDocument.Of("README.txt", System.Text.Encoding.UTF8.GetBytes($"The log's key is {Key.Verifier} as the paper says.\n")),
            BundleDocument.Of("schedule.csv", "line,column,signer\n1.3,ojt,Mia Mentor\n"u8.ToArray()),
        ];
        var said = new BundleExported(scope ?? new BundleExported()) { Id = People.NewId(), Sums = ByteString.CopyFrom((await Sha256Sums.OfAsync(documents, default)).Hash), Size = (ulong)Size };
        Add(EntryKind.Export, new LogBody { Exported = said }, subject: said.Id);
        var growth = await GrowthAsync();
        var text = new Checkpoint(Origin, Size, growth.Root).Text;
        var contents = new BundleContents
        {
            Checkpoint = SignedNote.Sign(text, Key).With(witnesses.Select(witness => witness.Key.Cosign(text, witness.At))).ToBytes(),
            Tiles = (level, index, _) => Task.FromResult(growth.Tiles.LastOrDefault(tile => tile.Level == level && tile.Index == index)?.Hashes),
            Leaves = (first, count, _) => Task.FromResult<IReadOnlyList<byte[]>>(_leaves.GetRange((int)first, count)),
            Documents = documents,
            Export = Last,
            Handovers = Handovers,
        };
        using var zip = new MemoryStream();
        await BundleWriter.WriteAsync(zip, contents, default);
        return MadeBundle.Of(zip.ToArray());
    }

    private Task<TreeGrowth> GrowthAsync() => TreeGrowth.AppendAsync(0, MerkleHash.EmptyRoot, (_, _, _) => Task.FromResult<byte[]?>(null), _leaves, default);

    private long Add(LogEntry leaf, byte[] salt, byte[] body)
    {
        _leaves.Add(leaf.ToBytes());
        _bodies.Add(new DisclosedEntry(Size - 1, salt, body));
        Now += TimeSpan.FromSeconds(1);
        return Size - 1;
    }
}
