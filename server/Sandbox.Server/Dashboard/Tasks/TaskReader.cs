using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Assignments;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Tasks;

/// <summary>Reads tasks: apprentices their own, the others all.</summary>
internal sealed class TaskReader(SandboxDb db, AssignmentMaterial material, SeedingReader seeding, Policy policy, TimeProvider time)
{
    /// <summary>The list, of one person or of everybody.</summary>
    public async Task<TasksView> ListAsync(Viewer viewer, CancellationToken ct)
    {
        var (now, late) = (time.GetUtcNow(), time.GetUtcNow() - AssignmentStates.Late);
        var open = Visible(viewer).Where(a => a.CompletedAt == null && a.WithdrawnAt == null && a.Until > late).OrderBy(a => a.Until).ThenBy(a => a.Id);
        var over = Visible(viewer).Where(a => a.CompletedAt != null || a.WithdrawnAt != null || a.Until <= late).OrderByDescending(a => a.CompletedAt ?? a.WithdrawnAt ?? a.Until).ThenBy(a => a.Id).Take(TasksView.MostOver);
        return new TasksView(await Named(open).ToListAsync(ct), await Named(over).ToListAsync(ct), now);
    }

    /// <summary>One task. Null: there is none, or this person may not see it.</summary>
    public async Task<TaskView?> OneAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        await Named(Visible(viewer).Where(a => a.Id == id)).FirstOrDefaultAsync(ct) is { } row
            ? await ViewAsync(viewer, row, ct)
            : null;

    // What checks observe on somebody else's machine names people there.
    private async Task<TaskView> ViewAsync(Viewer viewer, TaskRow row, CancellationToken ct)
    {
        var (checks, sees) = (await material.ChecksAsync(row.Given, ct), await SeesDeviceAsync(viewer, row.Given, ct));
        return new TaskView(row, AssignmentTemplate.Find(row.Given.Template), [.. checks.Select(check => sees || check.What is "change" or "record" ? check : check with { Observed = null })], sees, time.GetUtcNow())
        {
            Seeding = await seeding.OfAsync(viewer, row.Given, ct),
        };
    }

    private async Task<bool> SeesDeviceAsync(Viewer viewer, Assignment given, CancellationToken ct) =>
        given.DeviceId is { } device && await db.Devices.AnyAsync(d => d.Id == device && (viewer.SeesEverything || d.OwnerId == viewer.PersonId), ct);

    /// <summary>The form for a new task.</summary>
    /// <param name="template">Id of what is to be given. Null, or not known: that is chosen first.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<NewTaskView> NewAsync(string? template, CancellationToken ct)
    {
        var chosen = template is null ? null : AssignmentTemplate.Find(template);
        var people = await db.Apprentices.OrderBy(person => person.Name).ThenBy(person => person.Id).ToListAsync(ct);
        var devices = await db.Devices.AsNoTracking().Where(d => d.State == DeviceState.Active).OrderBy(d => d.Name).Select(d => new { d.Id, d.Name, d.FaultsAllowed }).ToListAsync(ct);
        return new NewTaskView(
            chosen, [.. people.Select(p => (p.Id, p.Name))], [.. devices.Select(d => ($"{d.Id}", d.Name))], chosen is not null && !Crediting.Lines(policy).Contains(chosen.Line), [.. devices.Where(d => d.FaultsAllowed).Select(d => d.Name)], time.GetUtcNow())
        {
            Rules = [.. PolicyDemand.Of(policy).Select(demand => demand.Rule).Distinct()],
        };
    }

    private IQueryable<Assignment> Visible(Viewer viewer) => viewer.SeesEverything ? db.Assignments.AsNoTracking() : db.Assignments.AsNoTracking().Where(a => a.PersonId == viewer.PersonId);

    private IQueryable<TaskRow> Named(IQueryable<Assignment> given) => given.Select(a => new TaskRow(
        a,
        db.Names.Where(p => p.Id == a.PersonId).Select(p => p.Name).FirstOrDefault(),
        db.Devices.Where(d => d.Id == a.DeviceId).Select(d => d.Name).FirstOrDefault(),
        db.Names.Where(p => p.Id == a.GivenBy).Select(p => p.Name).FirstOrDefault(),
        db.Names.Where(p => p.Id == a.WithdrawnBy).Select(p => p.Name).FirstOrDefault()));
}
