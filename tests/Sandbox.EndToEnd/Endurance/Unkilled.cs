using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Assessment;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// A server that nobody kills: it judges each device's stored reports from the first to the last, at the instants at which they arrived, and
/// never forgets what it had in memory. Verdicts and evidence of a lab whose server was killed must be the same to the letter; only the random
/// ids of evidence differ. Where time alone brought something about, such as the first verdicts on a device that has not reported yet, it judges at
/// the same instant.
/// </summary>
internal static class Unkilled
{
    /// <summary>What differs, in words.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Lab lab, StoredLab stored, CancellationToken ct)
    {
        await using var store = await CommandStore.OpenAsync(new ServerFolders(lab.Data), ct);
        var ingest = store.Get<IIngestStore>();
        return [.. stored.Devices.SelectMany(device => Faults(device, stored, Judge(device.Id, ingest, stored)))];
    }

    private static StreamWrites Judge(DeviceId device, IIngestStore store, StoredLab stored)
    {
        var enrolled = store.Read(device, []);
        var record = new DeviceRecord(0, null, [], [], []) { OwnerId = enrolled.OwnerId, OwnerIsApprentice = enrolled.OwnerIsApprentice, EnrolledAt = enrolled.EnrolledAt, PublicKey = enrolled.PublicKey };
        var runner = new Assessor(store, SilentAfter.Default, Sandbox.Evidence.LabDefault.Policy, new SeededNow()).Of(device, record);
        var writes = new StreamWrites { Device = device, Session = 0, Serial = null, Epoch = [] };
        var due = new Queue<DateTimeOffset>(stored.Transitions.Where(row => row.DeviceId == device && row.ReportId is null).Select(row => row.At).Distinct());
        foreach (var row in stored.Reports.Where(row => row.DeviceId == device))
        {
            // Of one batch, reports are judged first.
            while (due.TryPeek(out var at) && at < row.ReceivedAt) runner.JudgeAgain(writes, due.Dequeue());
            writes.Reports.Add(row);
            runner.Take(new TakenReport(row, ReportHash.Of(device, row.Bytes), Report.Parser.ParseFrom(row.Bytes)), writes, row.ReceivedAt);
        }
        runner.Finish(writes, stored.Reports[^1].ReceivedAt);
        foreach (var at in due) runner.JudgeAgain(writes, at);
        return writes;
    }

    private static IEnumerable<string> Faults(Device device, StoredLab stored, StreamWrites unkilled) =>
    [
        .. Differences(unkilled.Transitions.Select(Words), stored.Transitions.Where(row => row.DeviceId == device.Id).Select(Words), $"{device.Name}, transition"),
        .. Differences(InOrder(unkilled.Evidence.Values), InOrder(stored.Evidence.Where(row => row.DeviceId == device.Id)), $"{device.Name}, evidence"),
    ];

    private static IEnumerable<string> Differences(IEnumerable<string> unkilled, IEnumerable<string> killed, string what)
    {
        var (expected, actual) = (unkilled.ToList(), killed.ToList());
        if (expected.Count != actual.Count) yield return $"{what}s: without kills there were {expected.Count}, there are {actual.Count}";
        foreach (var (one, other) in expected.Zip(actual).Where(pair => pair.First != pair.Second).Take(1)) yield return $"{what}: without kills {one}, it is {other}";
    }

    private static IEnumerable<string> InOrder(IEnumerable<StoredEvidence> rows) => rows.OrderBy(row => row.ReportId).ThenBy(row => row.Target, StringComparer.Ordinal).Select(Words);

    private static string Words(FindingTransition row) =>
        $"{row.At:O} {row.Rule} {row.Subject}: {row.From} -> {row.To} by {row.ReportId}, {row.Expected} | {row.Observed} | {row.Reason} | {row.Policy}";

    private static string Words(StoredEvidence row) =>
        $"{row.Line} {row.Act} {row.Target}: {row.State} since {Whole(row.StateSince)}, {row.Grade} ({row.GradeReason}) for {row.PersonId}, {row.Before} -> {row.After} by {row.BeforeReportId} "
        + $"-> {row.ReportId}, settled by {row.SettlingReportId}, changed {Whole(row.ChangedAt)}, noted {Whole(row.NotedAt)}, stated {row.LoggedRevision == row.Revision}, {row.Reason}";

    // As the store keeps it.
    private static string Whole(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture);
}
