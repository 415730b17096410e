using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Lines;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Faults;

namespace Sandbox.Server.Assignments;

/// <summary>Reads what is seen of a task.</summary>
internal sealed class AssignmentMaterial(SandboxDb db)
{
    /// <summary>What must turn true, as it stands now.</summary>
    public async Task<IReadOnlyList<AssignmentCheck>> ChecksAsync(Assignment given, CancellationToken ct)
    {
        var fault = await db.SeededFaults.AsNoTracking().FirstOrDefaultAsync(f => f.AssignmentId == given.Id, ct);
        var id = fault?.Id;
        var changes = await db.Evidence.AsNoTracking().Where(e => e.PersonId == given.PersonId && ((e.Line == given.Line && (given.DeviceId == null || e.DeviceId == given.DeviceId)) || (id != null && e.SeededFaultId == id)))
            .Select(e => new TaskChange(e.Line, e.Act, e.Target, e.State, e.After, e.HappenedAt ?? e.NotedAt) { Seeded = e.SeededFaultId }).ToListAsync(ct);
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.PersonId == given.PersonId && r.Line == given.Line && r.Column == LineColumn.Ojt && r.WithdrawnAt == null)
            .Select(r => new TaskRecord(r.EnteredAt, r.Day, r.Source)).ToListAsync(ct);
        var task = given.Task() with { Fault = id };
        var findings = given.DeviceId is null || task.Rules.Count == 0 ? [] : await db.Findings.AsNoTracking().Where(f => f.DeviceId == given.DeviceId && task.Rules.Contains(f.Rule)).OrderBy(f => f.Subject)
            .Select(f => new Finding { Rule = f.Rule, Subject = f.Subject, Verdict = f.Verdict, Expected = f.Expected, Observed = f.Observed, Reason = f.Reason }).ToListAsync(ct);
        return AssignmentStates.Checks(task, new TaskMaterial(changes, records, findings) { FoundAndRepaired = await IsFoundAndRepairedAsync(fault, ct) });
    }

    // Whose repair counts for a line is done when it does: then it is known who did it.
    private async Task<bool> IsFoundAndRepairedAsync(SeededFault? fault, CancellationToken ct) =>
        fault is { State: SeededState.Repaired, Fault: FaultName.FirewallPortOpened, AppliedAt: { } applied } && await db.Guesses.AnyAsync(g => g.AssignmentId == fault.AssignmentId && g.At >= applied, ct);
}
