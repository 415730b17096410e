using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// Facts that no rule reads: of what is stored a hash tells whether the next one says the same, and of a batch only the latest of each kind is
/// kept and serialised. Some say something new in every report, as the agent's own figures do.
/// </summary>
internal sealed class UnreadFacts(DeviceId device)
{
    private readonly Dictionary<int, byte[]> _hashes = [];
    private readonly Dictionary<int, Latest> _latest = [];

    /// <summary>Takes one from the store.</summary>
    public void Know(StoredFact stored) => _hashes[stored.Kind] = SHA256.HashData(stored.Bytes);

    /// <summary>Takes in a fact; false: it says the same as the one before.</summary>
    public bool Take(int kind, Fact fact, StoredReport report)
    {
        byte[]? bytes = null;
        if (_latest.TryGetValue(kind, out var before))
        {
            if (before.Fact.Equals(fact)) return false;
        }
        else if (_hashes.TryGetValue(kind, out var stored))
        {
            bytes = fact.ToByteArray();
            if (SHA256.HashData(bytes).AsSpan().SequenceEqual(stored)) return false;
        }
        _latest[kind] = new Latest(fact, bytes, report) { VerifiedAt = report.CollectedAt };
        return true;
    }

    /// <summary>Notes that a fact of this batch was read again and said the same; false: the batch has none of this kind.</summary>
    public bool Verify(int kind, StoredReport report)
    {
        if (!_latest.TryGetValue(kind, out var fact)) return false;
        fact.VerifiedAt = report.CollectedAt;
        return true;
    }

    /// <summary>Writes the latest of each kind that changed.</summary>
    public void Write(StreamWrites writes)
    {
        foreach (var (kind, latest) in _latest)
        {
            var bytes = latest.Bytes ?? latest.Fact.ToByteArray();
            _hashes[kind] = SHA256.HashData(bytes);
            writes.Facts[kind] = new StoredFact
            {
                DeviceId = device,
                Kind = kind,
                ReportId = latest.Report.Id,
                ChangedAt = latest.Report.CollectedAt,
                VerifiedAt = latest.VerifiedAt,
                Bytes = bytes,
            };
        }
        _latest.Clear();
    }

    // Bytes: where it had to be compared with what is stored, it is serialised already.
    private sealed record Latest(Fact Fact, byte[]? Bytes, StoredReport Report)
    {
        public required DateTimeOffset VerifiedAt { get; set; }
    }
}
