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
        foreach (var row in notLogged) _waiting.Add(new Waiting(row, null));
    }

    /// <summary>The state of a piece of evidence is new.</summary>
    /// <param name="row">The evidence.</param>
    /// <param name="settling">The report that showed it still there or gone. Null: none did, or the evidence is new.</param>
    public void Expect(StoredEvidence row, StoredReport? settling)
    {
        _waiting.RemoveAll(waiting => waiting.Row.Id == row.Id);
        _waiting.Add(new Waiting(row, settling));
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
            waiting.Before ??= After(waiting.Cited);
            var chain = ChainSearch.From(waiting.Cited, [.. waiting.Before, .. _tail.Where(report => report.Id > (waiting.Before.Count > 0 ? waiting.Before[^1].Id : waiting.Cited - 1))], _publicKeys);
            if (chain is not null) State(waiting, chain, writes, now);
        }
        if (_waiting.Count == 0) _tail.Clear();
        else _tail.RemoveAll(report => report.Id < _waiting.Min(waiting => waiting.Cited));
    }

    // What was stored before this stream began to keep its reports here.
    private IReadOnlyList<StoredReport> After(long cited) => _tail.Exists(report => report.Id == cited) ? [] : _store.Reports(_device, cited, ChainSearch.MostReports + 1);

    private void State(Waiting waiting, ChainSearch chain, StreamWrites writes, DateTimeOffset now)
    {
        var row = waiting.Row;
        var change = waiting.Settling is null ? chain.First : Find(row.ReportId, writes);
        var before = row.BeforeReportId is { } id ? Find(id, writes) : null;
        writes.Entries.Add(EvidenceEntry.Of(row, now, change, before, waiting.Settling, chain));
        row.LoggedState = row.State;
        writes.Evidence[row.Id] = row;
        _waiting.Remove(waiting);
    }

    private StoredReport? Find(long id, StreamWrites writes) =>
        writes.Reports.Find(report => report.Id == id) ?? _tail.Find(report => report.Id == id) ?? _store.Reports(_device, id, 1).FirstOrDefault(report => report.Id == id);

    private sealed record Waiting(StoredEvidence Row, StoredReport? Settling)
    {
        public long Cited => Settling?.Id ?? Row.ReportId;

        public IReadOnlyList<StoredReport>? Before { get; set; }
    }
}
