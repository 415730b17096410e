using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// Finds a report that was sent by its hash: the server names a refused one so, since its sequence may be unreadable to it. What is looked at is what
/// waits for an answer, some messages at most, however much the spool holds.
/// </summary>
internal sealed class SentReports(Spool spool, DeviceSigner signer, InFlight inFlight)
{
    private ulong _found;

    /// <summary>How many reports were hashed.</summary>
    internal int Hashed { get; private set; }

    /// <summary>Its sequence. Null: nothing that waits for an answer has this hash.</summary>
    public ulong? Find(ReadOnlySpan<byte> hash)
    {
        // Answers come in the order of what was sent: the next refused one lies behind the last one.
        var (from, to) = (spool.Acknowledged, inFlight.LastSent);
        return Find(hash, Math.Max(from, _found), to) ?? Find(hash, from, Math.Min(_found, to));
    }

    private ulong? Find(ReadOnlySpan<byte> hash, ulong after, ulong to)
    {
        if (after >= to) return null;
        using var reader = new SpoolReader(spool, after + 1);
        while (reader.TryNext(out var sequence, out var report) && sequence <= to)
        {
            Hashed++;
            if (!hash.SequenceEqual(signer.Hash(SignedReport.Parser.ParseFrom(report.Span).Report.Span))) continue;
            return _found = sequence;
        }

        return null;
    }
}
