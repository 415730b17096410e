using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>All that a lab's store says of its devices, read as the server's commands read it, whichever store it is.</summary>
internal sealed record StoredLab
{
    public required IReadOnlyList<Device> Devices { get; init; }

    public required IReadOnlyList<Epoch> Epochs { get; init; }

    /// <summary>In the order in which they were stored.</summary>
    public required IReadOnlyList<StoredReport> Reports { get; init; }

    public required IReadOnlyList<ReportGap> Gaps { get; init; }

    public required IReadOnlyList<StoredFact> Facts { get; init; }

    public required IReadOnlyList<StoredFinding> Findings { get; init; }

    /// <summary>In the order in which they happened.</summary>
    public required IReadOnlyList<FindingTransition> Transitions { get; init; }

    public required IReadOnlyList<StoredEvidence> Evidence { get; init; }

    /// <summary>Of the evidence log, in the order in which they were written.</summary>
    public required IReadOnlyList<LoggedEntry> Entries { get; init; }

    /// <summary>Reads it as it is at one moment: its devices may report on meanwhile.</summary>
    /// <param name="lab">Whose store.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <param name="whole">False: without the reports and the log, which are most of it, for those who ask again and again.</param>
    public static Task<StoredLab> ReadAsync(Lab lab, CancellationToken ct, bool whole = true) => AskAsync(lab, async db => new StoredLab
    {
        Devices = await db.Devices.AsNoTracking().ToListAsync(ct),
        Epochs = await db.Epochs.AsNoTracking().ToListAsync(ct),
        Reports = !whole ? [] : await db.Reports.AsNoTracking().OrderBy(x => x.Id).ToListAsync(ct),
        Gaps = await db.Gaps.AsNoTracking().OrderBy(x => x.Id).ToListAsync(ct),
        Facts = await db.Facts.AsNoTracking().ToListAsync(ct),
        Findings = await db.Findings.AsNoTracking().ToListAsync(ct),
        Transitions = await db.Transitions.AsNoTracking().OrderBy(x => x.Id).ToListAsync(ct),
        Evidence = await db.Evidence.AsNoTracking().ToListAsync(ct),
        Entries = !whole ? [] : await db.LogEntries.AsNoTracking().OrderBy(x => x.Id).ToListAsync(ct),
    }, ct);

    /// <summary>Asks the store one thing.</summary>
    public static async Task<T> AskAsync<T>(Lab lab, Func<SandboxDb, Task<T>> question, CancellationToken ct)
    {
        await using var store = await CommandStore.OpenAsync(new ServerFolders(lab.Data), ct);
        var db = store.Get<SandboxDb>();
        await db.Database.OpenConnectionAsync(ct);
        await using var moment = Moment(db.Database.GetDbConnection());
        await db.Database.UseTransactionAsync(moment, ct);
        return await question(db);
    }

    // A transaction whose questions all see the store of one moment; SQLite's is deferred, so that it takes no writer's turn.
    private static DbTransaction Moment(DbConnection connection) =>
        connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>The latest fact of one kind of a device. Null: none is stored.</summary>
    public Fact? FactOf(DeviceId device, Fact.KindOneofCase kind) =>
        Facts.SingleOrDefault(x => x.DeviceId == device && x.Kind == (int)kind) is { } stored ? Fact.Parser.ParseFrom(stored.Bytes) : null;
}
