using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Lines;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;

namespace Sandbox.Server.Assignments;

/// <summary>Reads what is seen of a task.</summary>
internal sealed class AssignmentMaterial(SandboxDb db)
{
    /// <summary>What must turn true, as it stands now.</summary>
    public async Task<IReadOnlyList<AssignmentCheck>> ChecksAsync(Assignment given, CancellationToken ct)
    {
        var changes = await db.Evidence.AsNoTracking().Where(e => e.PersonId == given.PersonId && e.Line == given.Line && (given.DeviceId == null || e.DeviceId == given.DeviceId))
            .Select(e => new TaskChange(e.Line, e.Act, e.Target, e.State, e.After, e.HappenedAt ?? e.NotedAt)).ToListAsync(ct);
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.PersonId == given.PersonId && r.Line == given.Line && r.Column == LineColumn.Ojt && r.WithdrawnAt == null)
            .Select(r => new TaskRecord(r.EnteredAt, r.Day, r.Source)).ToListAsync(ct);
        var task = given.Task();
        var findings = given.DeviceId is null || task.Rules.Count == 0 ? [] : await db.Findings.AsNoTracking().Where(f => f.DeviceId == given.DeviceId && task.Rules.Contains(f.Rule)).OrderBy(f => f.Subject)
            .Select(f => new Finding { Rule = f.Rule, Subject = f.Subject, Verdict = f.Verdict, Expected = f.Expected, Observed = f.Observed, Reason = f.Reason }).ToListAsync(ct);
        return AssignmentStates.Checks(task, new TaskMaterial(changes, records, findings));
    }
}
