using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// What auditors look at stands in the evidence log, before they see it: whose record it is can find out who read it. Each thing once an hour for each
/// auditor, of one server.
/// </summary>
internal sealed class LookUps(IDbContextFactory<SandboxDb> store, TimeProvider time)
{
    /// <summary>How long a look is the same look.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromHours(1);

    // More auditors than a lab has, and more pages than they open in an hour: beyond that they are noted again.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(Guid, string, Guid?, DeviceId?), DateTimeOffset> _noted = [];

    /// <summary>Notes it, when the viewer is an auditor.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="what">The page's address, without what was typed into it.</param>
    /// <param name="person">Whose record. Null: nobody's alone.</param>
    /// <param name="device">Which device. Null: none alone.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task NoteAsync(Viewer viewer, string what, Guid? person, DeviceId? device, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var look = (viewer.PersonId, what, person, device);
        if (viewer.Role != Roles.Auditor || (_noted.TryGetValue(look, out var at) && now - at < Again && now >= at)) return;
        var said = new LookedUp { PersonId = LogId.Of(viewer.PersonId), Name = viewer.DisplayName, What = what };
        if (person is { } whose) said.OfPerson = LogId.Of(whose);
        if (device is { } which) said.DeviceId = ByteString.CopyFrom(which.ToBytes());
        await using var db = await store.CreateDbContextAsync(ct);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Lookup, now, new LogBody { LookedUp = said }, device, person));
        await db.SaveChangesAsync(ct);
        if (_noted.Count >= Most) _noted.Clear();
        _noted[look] = now;
    }
}
