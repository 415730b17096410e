using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>Reads entries that have their place, in the log's order, as many as there are: whoever was cut off goes on after the last index they have.</summary>
internal sealed class EntryReader(SandboxDb db)
{
    private const int Page = 200;

    /// <summary>The entries of a scope.</summary>
    /// <param name="scope">Which.</param>
    /// <param name="kind">Of one kind. Null: of every kind.</param>
    /// <param name="after">After this index. Null: from the first one on.</param>
    /// <param name="most">At the most.</param>
    /// <param name="size">Among so many first entries of the log.</param>
    /// <param name="ct">Ends the reading.</param>
    public async IAsyncEnumerable<LoggedEntry> ReadAsync(
        ExportScope scope, EntryKind? kind, long? after, long most, long size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (last, left) = (after ?? -1, most);
        while (left > 0)
        {
            var before = last;
            var page = await scope.Of(db.LogEntries.AsNoTracking(), size).Where(x => x.LeafIndex > before && (kind == null || x.Kind == kind)).OrderBy(x => x.LeafIndex).Take(Page).ToListAsync(ct);
            foreach (var entry in page)
            {
                if (IsLeftOut(scope, entry)) continue;
                yield return entry;
                if (--left == 0) yield break;
            }
            if (page.Count < Page) yield break;
            last = page[^1].LeafIndex!.Value;
        }
    }

    /// <summary>One entry. Null: the log has none there.</summary>
    public Task<LoggedEntry?> OneAsync(long index, CancellationToken ct) => db.LogEntries.AsNoTracking().SingleOrDefaultAsync(x => x.LeafIndex == index, ct);

    // What was erased tells no line any more.
    private static bool IsLeftOut(ExportScope scope, LoggedEntry entry) =>
        scope.Lines.Count > 0 && (entry is not { Salt: not null, Body: { } body } || !(EntryLine.Of(LogBody.Parser.ParseFrom(body)) is { } line && scope.Lines.Contains(line)));
}
