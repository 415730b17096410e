using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.Retention;

/// <summary>What an erasure would take, and what stands in its way.</summary>
internal sealed record ErasurePlan(KeptPerson Person, int Entries, RowCounts Rows, IReadOnlyList<string> Devices, string? Refusal)
{
    private static readonly EntryKind[] _staying = [.. NobodysKinds.All];

    /// <summary>Entries whose salt and body go.</summary>
    public static IQueryable<LoggedEntry> EntriesOf(SandboxDb db, Guid person) =>
        db.LogEntries.Where(x => x.PersonId == person && !_staying.Contains(x.Kind) && (x.Salt != null || x.Body != null));

    /// <summary>Makes it.</summary>
    /// <param name="db">The store.</param>
    /// <param name="person">Whose record.</param>
    /// <param name="early">Before its time is over.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<ErasurePlan> OfAsync(SandboxDb db, KeptPerson person, bool early, CancellationToken ct)
    {
        var theirs = await db.Devices.AsNoTracking().Where(x => x.OwnerId == person.Id).OrderBy(x => x.Name).Select(x => new { x.Name, x.State }).ToListAsync(ct);
        var serving = theirs.Where(x => x.State is DeviceState.Active or DeviceState.Quarantined).Select(x => x.Name).ToList();
        var seeded = await db.SeededFaults.AsNoTracking().Where(x => x.PersonId == person.Id && x.SettledAt == null).Select(x => db.Devices.Where(d => d.Id == x.DeviceId).Select(d => d.Name).FirstOrDefault()).FirstOrDefaultAsync(ct);
        var signed = await db.SignOffs.Where(x => x.ById == person.Id && x.PersonId != person.Id).Select(x => x.PersonId).Distinct().CountAsync(ct);
        return new ErasurePlan(
            person, await EntriesOf(db, person.Id).CountAsync(ct), await new PersonRows(db).CountAsync(person.Id, ct), [.. theirs.Select(x => x.Name)], Refused(person, early, signed) ?? Open(person, serving, seeded));
    }

    // In the order in which they are put right.
    private static string? Refused(KeptPerson person, bool early, int signed) => person switch
    {
        { HeldFor: { } reason } => $"{person.Name} is held since {person.HeldAt:yyyy-MM-dd}: {reason}. Nothing of theirs is erased before: sandbox-server retention release {person.Name} --reason TEXT",
        { Role: Roles.Admin } => $"{person.Name} is an admin: give them another role on their page first.",
        { LeftOn: null } when !early => $"{person.Name} has not left: say when with: sandbox-server people exit {person.Name} --on DAY. If they ask for it themselves, add --early.",
        { IsDue: false } when !early => $"{person.Name} left on {Day(person.LeftOn)}, and {person.Programme} keeps that for {person.YearsKept} years, until {Day(person.KeptUntil)}. If they ask for it themselves, add --early.",
        _ when signed > 0 => $"{person.Name} decided about lines of {signed} {(signed == 1 ? "person whose record is" : "people whose records are")} kept: who signed, and in which role, stays with those records. Erase {person.Name} when they are erased.",
        _ => null,
    };

    // What is still under way on machines.
    private static string? Open(KeptPerson person, List<string> serving, string? seeded) => person switch
    {
        _ when seeded is not null => $"A fault that was seeded for {person.Name} is not over on {seeded}: withdraw the assignment on its page, and type this again when the machine has undone it, within an hour.",
        _ when serving.Count > 0 => $"{Listed(serving)} {(serving.Count == 1 ? "reports" : "report")} for {person.Name} and would begin a new record: retire {(serving.Count == 1 ? "it" : "them")} first, or enrol {(serving.Count == 1 ? "it" : "them")} for somebody else: sandbox-server devices retire {serving[0]}",
        _ => null,
    };

    private static string Listed(List<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
