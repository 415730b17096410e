using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.People;
using Sandbox.Server.Retention;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>Reads people for those who may see everything.</summary>
internal sealed class PeopleReader(SandboxDb db, LastSignIns lastSignIns, HolderBook holders, KeptPeople kept, TimeProvider time)
{
    /// <summary>Everybody; and, for those who manage people, whose record is due to be erased.</summary>
    public async Task<PeopleView> ListAsync(Viewer viewer, CancellationToken ct) => new(await RowsAsync(db.Users, ct), time.GetUtcNow())
    {
        Due = viewer.ManagesPeople ? [.. (await kept.ListAsync(ct)).Where(x => x is { IsDue: true, HeldFor: null })] : [],
    };

    /// <summary>One person. Null: there is no such person.</summary>
    public async Task<PersonView?> OneAsync(Guid id, CancellationToken ct)
    {
        if (await RowsAsync(db.Users.Where(p => p.Id == id), ct) is not [var row, ..]) return null;
        var devices = await db.Devices.AsNoTracking().Where(d => d.OwnerId == id).OrderBy(d => d.State).ThenBy(d => d.Name).ToListAsync(ct);
        var all = await db.Devices.AsNoTracking().Where(d => d.State == DeviceState.Active).OrderBy(d => d.Name).Select(d => new { d.Id, d.Name }).ToListAsync(ct);
        return new PersonView(row, devices, time.GetUtcNow())
        {
            Kept = await kept.OneAsync(id, ct), Programmes = await db.Programmes.AsNoTracking().OrderBy(x => x.Name).ToListAsync(ct),
            Accounts = [.. (await holders.ListAsync(ct)).Where(x => x.PersonId == id)], AllDevices = [.. all.Select(d => (d.Id.ToString(), d.Name))],
        };
    }

    /// <summary>The entry which says that a person's record was erased. Null: it was not, or there was no such person.</summary>
    public Task<LoggedEntry?> ErasureAsync(Guid id, CancellationToken ct) => db.LogEntries.AsNoTracking().Where(x => x.PersonId == id && x.Kind == EntryKind.Erasure).OrderBy(x => x.Id).FirstOrDefaultAsync(ct);

    private async Task<IReadOnlyList<PersonRow>> RowsAsync(IQueryable<Person> people, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var seen = await lastSignIns.AllAsync(ct);
        var rows = await people.AsNoTracking().OrderBy(p => p.NormalizedUserName).Select(p => new PersonRow
        {
            Person = p,
            Role = db.UserRoles.Where(r => r.UserId == p.Id).Select(r => db.Roles.Where(x => x.Id == r.RoleId).Select(x => x.Name).First()).FirstOrDefault() ?? "",
            Devices = db.Devices.Count(d => d.OwnerId == p.Id && d.State == DeviceState.Active),
            InvitedUntil = db.Invitations.Where(x => x.PersonId == p.Id && x.UsedAt == null && x.ExpiresAt > now).Max(x => (DateTimeOffset?)x.ExpiresAt),
        }).ToListAsync(ct);
        return [.. rows.Select(r => seen.TryGetValue(r.Person.Id, out var at) ? r with { LastSignIn = at, LastSignInIsLost = at is null } : r)];
    }
}
