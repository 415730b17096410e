using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.People;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary>Reads how long people's records are kept, by what their programmes say now.</summary>
internal sealed class KeptPeople(SandboxDb db, TimeProvider time)
{
    /// <summary>Apprentices, and everybody of whom something was said, by name.</summary>
    public async Task<IReadOnlyList<KeptPerson>> ListAsync(CancellationToken ct) =>
        [.. (await ReadAsync(db.Users, ct)).Where(x => x.Role == Roles.Apprentice || x.LeftOn is not null || x.HeldFor is not null)];

    /// <summary>One person. Null: there is no such person.</summary>
    public async Task<KeptPerson?> OneAsync(Guid id, CancellationToken ct) => (await ReadAsync(db.Users.Where(x => x.Id == id), ct)).SingleOrDefault();

    private async Task<List<KeptPerson>> ReadAsync(IQueryable<Person> of, CancellationToken ct)
    {
        var programmes = await db.Programmes.AsNoTracking().ToDictionaryAsync(x => x.Id, ct);
        var rows = await (from person in of.AsNoTracking()
                          orderby person.NormalizedUserName
                          select new
                          {
                              person.Id, person.UserName, person.DisplayName,
                              Role = db.UserRoles.Where(r => r.UserId == person.Id).Select(r => db.Roles.Where(x => x.Id == r.RoleId).Select(x => x.Name).First()).FirstOrDefault(),
                              Kept = db.KeptRecords.FirstOrDefault(x => x.PersonId == person.Id),
                          }).ToListAsync(ct);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return rows.ConvertAll(row =>
        {
            var programme = programmes[row.Kept?.ProgrammeId ?? Programme.FirstId];
            var until = KeptPerson.Until(row.Kept?.LeftOn, programme.YearsKept);
            return new KeptPerson(
                row.Id, row.UserName!, row.DisplayName.Length > 0 ? row.DisplayName : row.UserName!, row.Role ?? "", programme.Name, programme.YearsKept,
                row.Kept?.LeftOn, until, row.Kept?.HeldFor, row.Kept?.HeldAt, today > until);
        });
    }
}
