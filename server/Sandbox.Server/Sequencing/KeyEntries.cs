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

    private static async Task AddAsync(SandboxDb db, KeyRolled rolled, CancellationToken ct)
    {
        var known = await db.LogEntries.Where(entry => entry.Kind == EntryKind.Key && entry.Body != null).Select(entry => entry.Body!).ToListAsync(ct);
        if (known.Any(body => LogBody.Parser.ParseFrom(body).KeyRolled?.After == rolled.After)) return;
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Key, TimeProvider.System.GetUtcNow(), new LogBody { KeyRolled = rolled }));
    }
}
