using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Export;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>Entries that stand under a checkpoint, so that each can be proved as soon as it is read.</summary>
internal sealed class EntryPages(IDbContextFactory<SandboxDb> store)
{
    /// <summary>How many there are.</summary>
    public async Task<long> SizeAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        return await db.LogHeads.AsNoTracking().Select(head => head.CheckpointSize).SingleOrDefaultAsync(ct);
    }

    /// <summary>Those of a filter among the first so many, in the log's order.</summary>
    public async IAsyncEnumerable<LoggedEntry> ReadAsync(EntryFilter filter, long size, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        await foreach (var entry in new EntryReader(db).ReadAsync(filter.Scope, filter.Kind, filter.After, filter.Limit ?? long.MaxValue, size, ct)) yield return entry;
    }

    /// <summary>One that this person may see. Null: there is none there.</summary>
    public async Task<LoggedEntry?> OneAsync(long index, Viewer viewer, CancellationToken ct)
    {
        var size = await SizeAsync(ct);
        await using var db = await store.CreateDbContextAsync(ct);
        return index < size && await new EntryReader(db).OneAsync(index, ct) is { } entry && (viewer.SeesEverything || entry.PersonId == viewer.PersonId) ? entry : null;
    }
}
