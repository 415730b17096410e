using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>The entries in which the log speaks of the CA's keys and its own.</summary>
internal static class KeyEntries
{
    private const string OfTheLog = "log";
    private const string OfTheAuthority = "ca";

    /// <summary>Adds one to what the context will save, unless an interrupted command has written it already.</summary>
    /// <param name="db">The store.</param>
    /// <param name="before">The verifier key that gives way.</param>
    /// <param name="after">The verifier key that follows it.</param>
    /// <param name="seen">The checkpoint that ended the log's former name. Null: it keeps its name.</param>
    /// <param name="ct">Ends the reading.</param>
    public static Task AddAsync(SandboxDb db, VerifierKey before, VerifierKey after, byte[]? seen, CancellationToken ct)
    {
        var rolled = new KeyRolled { Key = OfTheLog, Before = before.ToString(), After = after.ToString() };
        if (seen is not null) rolled.Seen = ByteString.CopyFrom(seen);
        return AddAsync(db, rolled, ct);
    }

    /// <summary>The same for the CA.</summary>
    /// <param name="db">The store.</param>
    /// <param name="before">Pin of the CA that gives way, in hex.</param>
    /// <param name="after">Pin of the one that follows it.</param>
    /// <param name="ct">Ends the reading.</param>
    public static Task AddAsync(SandboxDb db, string before, string after, CancellationToken ct) =>
        AddAsync(db, new KeyRolled { Key = OfTheAuthority, Before = before, After = after }, ct);

    /// <summary>Where the entry that names this key of the log as the new one stands. Null: it has no place yet.</summary>
    public static async Task<long?> IndexAsync(SandboxDb db, VerifierKey after, CancellationToken ct) => (await FindAsync(db, after.ToString(), ct))?.LeafIndex;

    private static async Task<LoggedEntry?> FindAsync(SandboxDb db, string after, CancellationToken ct)
    {
        var known = await db.LogEntries.AsNoTracking().Where(entry => entry.Kind == EntryKind.Key && entry.Body != null).ToListAsync(ct);
        return known.Find(entry => LogBody.Parser.ParseFrom(entry.Body).KeyRolled?.After == after);
    }

    private static async Task AddAsync(SandboxDb db, KeyRolled rolled, CancellationToken ct)
    {
        if (await FindAsync(db, rolled.After, ct) is not null) return;
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Key, TimeProvider.System.GetUtcNow(), new LogBody { KeyRolled = rolled }));
    }
}
