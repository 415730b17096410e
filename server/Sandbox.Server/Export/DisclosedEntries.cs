using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Record;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>
/// The entries that a bundle discloses: those in its scope, and besides what they cannot be checked without: the keys of the devices that they cite, the
/// roles of those who decided, the log's own keys, the policies, and the erasures: to who takes the own record home, those alone by which something in it is erased.
/// </summary>
internal sealed class DisclosedEntries(SandboxDb db, ExportScope scope, long size)
{
    private const int Page = 500;

    private readonly HashSet<long> _inScope = [];
    private readonly HashSet<DeviceId> _devices = [];
    private readonly HashSet<Guid> _people = [];
    private readonly HashSet<Guid> _erased = [];

    /// <summary>How many are in the scope.</summary>
    public int Count => _inScope.Count;

    /// <summary>Time of the last one in the scope, by its leaf: what was erased has one, too.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>Those of the scope of which a schedule is filled in, without their chains of reports. In the log's order.</summary>
    public List<PlacedEntry> ForSchedules { get; } = [];

    /// <summary>Finds out which they are, and reads those in the scope.</summary>
    /// <param name="each">Gets each of the scope that was not erased, in the log's order.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task ReadAsync(Func<PlacedEntry, CancellationToken, ValueTask> each, CancellationToken ct)
    {
        await foreach (var entry in PagesAsync(scope.Of(db.LogEntries.AsNoTracking(), size), ct))
        {
            var body = entry is { Salt: not null, Body: { } bytes } ? LogBody.Parser.ParseFrom(bytes) : null;
            if (body is not null && scope.LeavesOut(body)) continue;
            _inScope.Add(entry.LeafIndex!.Value);
            Last = entry.At;
            if (body is null) continue;
            Cite(body);
            var placed = new PlacedEntry(entry.LeafIndex.Value, entry.At, body, entry.Salt);
            await each(placed, ct);
            if (!IsForSchedules(body)) continue;
            if (body.Evidence is { } stated) stated.Chain = null;
            ForSchedules.Add(placed);
        }
    }

    /// <summary>Writes all of them, a line each, in the log's order.</summary>
    public async Task WriteAsync(Stream into, CancellationToken ct)
    {
        // Read again, and not kept: the bodies of a whole log are larger than a server's memory.
        var all = db.LogEntries.AsNoTracking().Where(x => x.LeafIndex < size);
        await foreach (var entry in PagesAsync(Wanted(all), ct))
        {
            if (!_inScope.Contains(entry.LeafIndex!.Value) && !IsContext(entry)) continue;
            if (entry is { Body: null, PersonId: { } whose }) _erased.Add(whose);
            await into.WriteAsync(Of(entry).ToBytes(), ct);
            into.WriteByte((byte)'\n');
        }
    }

    /// <summary>An entry as bundles have it.</summary>
    public static DisclosedEntry Of(LoggedEntry entry) => new(entry.LeafIndex!.Value, entry.Body is null ? null : entry.Salt, entry.Salt is null ? null : entry.Body);

    private IQueryable<LoggedEntry> Wanted(IQueryable<LoggedEntry> all)
    {
        EntryKind[] context = [EntryKind.Key, EntryKind.Policy, EntryKind.Erasure, EntryKind.Role, EntryKind.Enrolment];
        var inside = scope.Of(all, size).Select(x => x.Id);
        return all.Where(x => inside.Contains(x.Id) || context.Contains(x.Kind));
    }

    private bool IsContext(LoggedEntry entry) => entry.Kind switch
    {
        EntryKind.Key => true,
        // An erasure stands behind all that it erased.
        EntryKind.Erasure => !scope.IsOwn || (entry.PersonId is { } erased && _erased.Contains(erased)),
        // Who is left out of what, and why, is nobody's business but the lab's.
        EntryKind.Policy => !scope.IsOwn,
        EntryKind.Role => entry.PersonId is { } person && _people.Contains(person),
        EntryKind.Enrolment => entry.DeviceId is { } device && _devices.Contains(device),
        _ => false,
    };

    private static bool IsForSchedules(LogBody body) => body.ContentCase is
        LogBody.ContentOneofCase.Evidence or LogBody.ContentOneofCase.LearningEntered or LogBody.ContentOneofCase.LineDecided or LogBody.ContentOneofCase.SignedDecision;

    private void Cite(LogBody body)
    {
        if (body.Evidence is { } stated && stated.DeviceId.Length == DeviceId.Length) _devices.Add(DeviceId.From(stated.DeviceId.ToByteArray()));
        if (FilledSchedule.Decision(body) is { } decided && LogId.From(decided.DecidedBy) is { } who) _people.Add(who);
    }

    private static async IAsyncEnumerable<LoggedEntry> PagesAsync(IQueryable<LoggedEntry> entries, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = 0L; ;)
        {
            var from = next;
            var page = await entries.Where(x => x.LeafIndex >= from).OrderBy(x => x.LeafIndex).Take(Page).ToListAsync(ct);
            foreach (var entry in page) yield return entry;
            if (page.Count < Page) yield break;
            next = page[^1].LeafIndex!.Value + 1;
        }
    }
}
