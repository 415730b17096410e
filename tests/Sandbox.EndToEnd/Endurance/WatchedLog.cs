using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Somebody who fetches the log's checkpoint all the time and keeps each that was ever served, as a witness does.</summary>
internal sealed class WatchedLog(Lab lab) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = OnlyTheLabs(lab) }, UseProxy = false });

    /// <summary>How many different checkpoints were served.</summary>
    public int Seen => _seen.Count;

    /// <summary>Watches until the token ends it; a server that is away is asked again.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var note = await _http.GetAsync($"{lab.Page}/log/checkpoint", ct);
                if (note.IsSuccessStatusCode) Keep(await note.Content.ReadAsStringAsync(ct));
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // The server was killed (also between the connection and its first question, which comes as it is), or enough was seen.
            }
        }
    }

    /// <summary>Keeps a checkpoint that somebody else saw, such as an agent.</summary>
    public void Keep(string note) => _seen.TryAdd(note, true);

    /// <summary>What does not hold of the log, in words: every checkpoint must be the root of the beginning of what is stored now.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken ct)
    {
        var entries = await StoredLab.AskAsync(lab, db => db.LogEntries.AsNoTracking().Where(x => x.LeafIndex != null).OrderBy(x => x.LeafIndex).ToListAsync(ct), ct);
        var faults = new List<string>();
        for (var place = 0; place < entries.Count; place++)
            if (entries[place].LeafIndex != place) faults.Add($"the entry at place {place} says {entries[place].LeafIndex}");
        var leaves = entries.ConvertAll(entry => MerkleHash.Leaf(entry.Leaf));
        foreach (var checkpoint in _seen.Keys.Select(note => Checkpoint.Parse(note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)])))
        {
            if (checkpoint.Size > leaves.Count) faults.Add($"a checkpoint of {checkpoint.Size} leaves was served, and there are {leaves.Count}");
            else if (!RootOf(leaves[..(int)checkpoint.Size]).AsSpan().SequenceEqual(checkpoint.Root)) faults.Add($"the checkpoint of {checkpoint.Size} leaves is of another log");
        }
        return faults;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static X509ChainPolicy OnlyTheLabs(Lab lab) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Path.Combine(lab.Data, "server", "pki", "ca.crt")) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    // RFC 6962 §2.1 to the letter, so that it shares no code with what it checks.
    private static byte[] RootOf(List<byte[]> leaves)
    {
        if (leaves.Count == 0) return MerkleHash.EmptyRoot;
        if (leaves.Count == 1) return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Count) split *= 2;
        return MerkleHash.Node(RootOf(leaves[..split]), RootOf(leaves[split..]));
    }
}
