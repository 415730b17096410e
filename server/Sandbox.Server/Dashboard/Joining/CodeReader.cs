using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>Reads join codes and what became of them.</summary>
internal sealed class CodeReader(SandboxDb db, CodeQuery query)
{
    private const int MostPast = 10;
    private const int MostRefusals = 5;

    /// <summary>The page Enrol a device.</summary>
    public async Task<EnrolView> ListAsync(Viewer viewer, CancellationToken ct) => new(
        await Rows(query.Open(viewer).OrderBy(c => c.ExpiresAt)).ToListAsync(ct),
        await Rows(query.Past(viewer).OrderByDescending(c => c.CreatedAt).Take(MostPast)).ToListAsync(ct),
        await CandidatesAsync(viewer, ct),
        query.AsOf);

    /// <summary>One code. Null: there is none, or this person may not see it.</summary>
    public async Task<CodeView?> OneAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        var row = await Rows(query.VisibleTo(viewer).Where(c => c.Id == id)).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        var view = new CodeView { Row = row, AsOf = query.AsOf, Refusals = await RefusalsAsync(row.Code, ct) };
        return row.Code is { DeviceId: { } device, RedeemedAt: { } since } ? await WithDeviceAsync(view, device, since, ct) : view;
    }

    private async Task<CodeView> WithDeviceAsync(CodeView view, DeviceId device, DateTimeOffset since, CancellationToken ct) => view with
    {
        Device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Id == device, ct),
        FirstHello = await db.Sightings.AsNoTracking().Where(s => s.DeviceId == device && s.At >= since).OrderBy(s => s.Id).FirstOrDefaultAsync(ct),
        Facts = await db.Facts.CountAsync(f => f.DeviceId == device && f.Kind > 0, ct),
    };

    // A refusal names its code by the first digits; nothing else of it is kept.
    private async Task<IReadOnlyList<Refusal>> RefusalsAsync(IssuedCode code, CancellationToken ct)
    {
        var name = $"code {code.ShortName()}";
        return await db.Refusals.AsNoTracking().Where(r => r.At >= code.CreatedAt && r.Detail.Contains(name))
            .OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(MostRefusals).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(Viewer viewer, CancellationToken ct)
    {
        var people = db.Users.AsNoTracking();
        if (!viewer.ManagesDevices) people = people.Where(p => p.Id == viewer.PersonId);
        var found = await people.OrderBy(p => p.Id != viewer.PersonId).ThenBy(p => p.DisplayName).ToListAsync(ct);
        return [.. found.Select(p => new Candidate(p.Id, Name(p)))];
    }

    private IQueryable<CodeRow> Rows(IQueryable<IssuedCode> codes) => codes.Select(c => new CodeRow(
        c,
        db.Names.Where(p => p.Id == c.PersonId).Select(p => p.Name).FirstOrDefault(),
        db.Devices.Where(d => d.Id == c.DeviceId).Select(d => d.Name).FirstOrDefault()));

    private static string Name(Person person) =>
        person.DisplayName.Length == 0 || person.DisplayName == person.UserName ? person.UserName ?? "" : $"{person.DisplayName} ({person.UserName})";
}
