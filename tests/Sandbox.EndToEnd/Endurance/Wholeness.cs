using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>What must hold of a store, whatever was killed, cut or full in between.</summary>
internal static class Wholeness
{
    private const int MostShown = 20;

    /// <summary>What does not hold, in words; empty: the store is whole.</summary>
    public static IReadOnlyList<string> Faults(StoredLab lab)
    {
        var faults = new List<string>();
        foreach (var epoch in lab.Epochs)
        {
            var device = lab.Devices.Single(x => x.Id == epoch.DeviceId);
            var reports = lab.Reports.Where(x => x.DeviceId == epoch.DeviceId && x.Epoch.AsSpan().SequenceEqual(epoch.Id)).ToList();
            var gaps = lab.Gaps.Where(x => x.DeviceId == epoch.DeviceId && x.FirstSequence is not null && x.Epoch.AsSpan().SequenceEqual(epoch.Id)).ToList();
            faults.AddRange(Sequence(reports, gaps, epoch).Concat(Chain(reports, device)).Select(fault => $"{device.Name}: {fault}"));
        }
        return [.. faults, .. Verdicts(lab), .. Stated.Faults(lab)];
    }

    /// <summary>Fails with the words of the first faults, whole.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} faults:\n{string.Join('\n', all.Take(MostShown))}");
    }

    // Each sequence from 1 to the high-water mark is either stored, once and in order, or stands in exactly one gap.
    private static IEnumerable<string> Sequence(List<StoredReport> reports, List<ReportGap> gaps, Epoch epoch)
    {
        var missing = gaps.SelectMany(gap => Enumerable.Range(0, (int)(gap.LastSequence!.Value - gap.FirstSequence!.Value + 1)).Select(i => gap.FirstSequence.Value + i)).ToList();
        for (var i = 1; i < reports.Count; i++)
            if (reports[i].Sequence <= reports[i - 1].Sequence) yield return $"report {reports[i].Sequence} is stored after {reports[i - 1].Sequence}";
        var counted = reports.Select(x => x.Sequence).Concat(missing).CountBy(x => x).ToDictionary();
        foreach (var (sequence, times) in counted.Where(x => x.Value != 1)) yield return $"{sequence} is there {times} times, reports and gaps together";
        for (var sequence = 1L; sequence <= epoch.LastSequence; sequence++)
            if (!counted.ContainsKey(sequence)) yield return $"report {sequence} is neither stored nor in a gap";
        if (reports.Count > 0 && reports[^1].Sequence != epoch.LastSequence) yield return $"the high-water mark is {epoch.LastSequence}, the last report {reports[^1].Sequence}";
    }

    private static IEnumerable<string> Chain(List<StoredReport> reports, Device device)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(device.PublicKey, out _);
        var (before, previous) = (0L, ByteString.Empty);
        foreach (var row in reports)
        {
            var (report, hash) = (Report.Parser.ParseFrom(row.Bytes), ReportHash.Of(device.Id, row.Bytes));
            if (row.Sequence == before + 1 && report.PreviousHash != previous) yield return $"report {row.Sequence} does not name the one before";
            if (row.Signature is { } signature && !ReportHash.Verify(key, hash, signature)) yield return $"the signature of report {row.Sequence} is not the device's";
            (before, previous) = (row.Sequence, ByteString.CopyFrom(hash));
        }
    }

    // The transitions of a finding lead, without a break, to what it is now.
    private static IEnumerable<string> Verdicts(StoredLab lab)
    {
        var now = lab.Findings.ToDictionary(x => (x.DeviceId, x.Rule, x.Subject), x => x.Verdict);
        foreach (var of in lab.Transitions.GroupBy(x => (x.DeviceId, x.Rule, x.Subject)))
        {
            Sandbox.Evidence.Verdict? verdict = null;
            foreach (var transition in of)
            {
                if (transition.From != verdict) yield return $"{of.Key}: from {transition.From}, though it was {verdict}";
                verdict = transition.To;
            }
            if (verdict != (now.TryGetValue(of.Key, out var present) ? present : null)) yield return $"{of.Key}: the last transition leads to {verdict}, but it is {present}";
        }
        foreach (var (key, _) in now)
            if (!lab.Transitions.Any(x => (x.DeviceId, x.Rule, x.Subject) == key)) yield return $"{key}: no transition led to it";
    }
}
