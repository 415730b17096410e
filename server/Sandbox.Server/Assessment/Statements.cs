using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// Brings the states of one device's evidence into the log. A statement waits until the device has signed for the report that it rests on,
/// also across streams and restarts; when that cannot come any more it is made without, and says so.
/// </summary>
internal sealed class Statements
{
    private readonly DeviceId _device;
    private readonly IReadOnlyList<byte[]> _publicKeys;
    private readonly IIngestStore _store;
    private readonly List<Waiting> _waiting = [];

    // What came in this stream since something waits.
    private readonly List<StoredReport> _tail = [];

    /// <summary>Goes on where the store is.</summary>
    public Statements(DeviceId device, IReadOnlyList<byte[]> publicKeys, IEnumerable<StoredEvidence> notLogged, IIngestStore store)
    {
        (_device, _publicKeys, _store) = (device, publicKeys, store);
        foreach (var row in notLogged)
        {
            if (row.LoggedRevision is null && row.State != EvidenceState.Watched) _waiting.Add(new Waiting(row.AsNoted()));
            _waiting.Add(new Waiting(row));
        }
    }

    /// <summary>The state of a piece of evidence is new. What is waiting of its states before is stated first.</summary>
    public void Expect(StoredEvidence row)
    {
        _waiting.RemoveAll(waiting => waiting.Row.Id == row.Id && waiting.Row.State == row.State);
        _waiting.Add(new Waiting(row));
    }

    /// <summary>Notes a report that was judged.</summary>
    public void Heard(StoredReport report)
    {
        if (_waiting.Count > 0) _tail.Add(report);
    }

    /// <summary>Makes the statements that can be made.</summary>
    public void Finish(StreamWrites writes, DateTimeOffset now)
    {
        if (_waiting.Count == 0) return;
        foreach (var waiting in _waiting.ToList())
        {
            if (_waiting.Find(first => first.Row.Id == waiting.Row.Id) != waiting) continue;
            waiting.Before ??= Until(waiting.Cited, writes.Reports);
            var chain = ChainSearch.From(waiting.Cited, [.. waiting.Before, .. _tail.Where(report => report.Id > (waiting.Before.Count > 0 ? waiting.Before[^1].Id : waiting.Cited - 1))], _publicKeys);
            if (chain is not null) State(waiting, chain, writes, now);
        }
        if (_waiting.Count == 0) _tail.Clear();
        else _tail.RemoveAll(report => report.Id < _waiting.Min(waiting => waiting.Cited));
    }

    // What came before this stream began to keep its reports here: it is stored, or stands in the batch that is being made. Evidence may rest on a
    // report before the one that made it known, as a device that was set up rests on its hardware.
    private IReadOnlyList<StoredReport> Until(long cited, List<StoredReport> batch)
    {
        if (_tail.Exists(report => report.Id == cited)) return [];
        var stored = _store.Reports(_device, cited, ChainSearch.MostReports + 1);
        var next = stored.Count > 0 ? stored[^1].Id + 1 : cited;
        return [.. stored, .. batch.Where(report => report.Id >= next)];
    }

    private void State(Waiting waiting, ChainSearch chain, StreamWrites writes, DateTimeOffset now)
    {
        var row = waiting.Row;
        var (change, settling) = row.SettlingReportId is null ? (chain.First, null) : (Find(row.ReportId, writes), chain.First);
        var before = row.BeforeReportId is { } id ? Find(id, writes) : null;
        var act = row.ActReportId is { } told ? Find(told, writes) : null;
        var elsewhere = row.SeenElsewhereReportId is { } saw ? _store.Report(saw) : null;
        writes.Entries.Add(EvidenceEntry.Of(row, now, new CitedReports(change, before, settling, act, elsewhere), chain));
        // The row that is stored is that of the present state.
        var present = _waiting.FindLast(last => last.Row.Id == row.Id)!.Row;
        present.LoggedRevision = row.Revision;
        writes.Evidence[row.Id] = present;
        _waiting.Remove(waiting);
    }

    private StoredReport? Find(long id, StreamWrites writes) =>
        writes.Reports.Find(report => report.Id == id) ?? _tail.Find(report => report.Id == id) ?? _store.Reports(_device, id, 1).FirstOrDefault(report => report.Id == id);

    private sealed record Waiting(StoredEvidence Row)
    {
        public long Cited => Row.SettlingReportId ?? Row.ReportId;

        public IReadOnlyList<StoredReport>? Before { get; set; }
    }
}
