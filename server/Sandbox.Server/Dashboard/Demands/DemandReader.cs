using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Demands;

/// <summary>Reads what the policy demands and what it judged of the devices that somebody may see.</summary>
internal sealed class DemandReader(SandboxDb db, DeviceQuery devices, Policy policy, TimeProvider time)
{
    /// <summary>The policy that judges.</summary>
    public async Task<PolicyView> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var seen = devices.VisibleTo(viewer).Where(d => d.State == DeviceState.Active);
        var counts = await db.Findings.AsNoTracking().Where(f => seen.Any(d => d.Id == f.DeviceId)).GroupBy(f => new { f.Rule, f.Verdict }).Select(g => new { g.Key.Rule, g.Key.Verdict, Count = g.Count() }).ToListAsync(ct);
        var failing = new Dictionary<string, IReadOnlyList<FailingRow>>();
        foreach (var rule in counts.Where(one => one.Verdict == Verdict.Fail).Select(one => one.Rule)) failing[rule] = await FailingAsync(rule, seen, ct);
        var names = (await seen.Select(d => new { d.Id, d.Name }).ToListAsync(ct)).ToDictionary(d => $"{d.Id}", d => d.Name);
        var demands = PolicyDemand.Of(policy);
        var since = await db.LogEntries.Where(e => e.Kind == EntryKind.Policy).OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(ct);
        var groups = await db.DeviceGroups.Where(g => seen.Any(d => d.Id == g.DeviceId)).GroupBy(g => g.Group).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new PolicyView
        {
            Policy = policy,
            Since = since,
            Rules = [.. demands.GroupBy(one => one.Rule).Select(rule => new RuleRow(
                rule.Key, [.. rule],
                counts.Where(one => one.Rule == rule.Key).ToDictionary(one => one.Verdict, one => one.Count),
                failing.GetValueOrDefault(rule.Key, [])))],
            Groups = groups,
            Lines = Crediting.Lines(policy),
            Devices = names.Count,
            Judged = await seen.CountAsync(d => d.JudgeAt != null, ct),
            // PolicyNote makes all of them due at the instant of its entry, and each judgement moves its device on.
            Waiting = since is null ? 0 : await seen.CountAsync(d => d.JudgeAt <= since, ct),
            Names = names,
            Exemptions = [.. policy.Exemptions.Where(one => viewer.SeesEverything || (one.Scope.Device is null ? one.Subject is null : names.ContainsKey(one.Scope.Device)))],
            AsOf = now,
        };
    }

    private async Task<IReadOnlyList<FailingRow>> FailingAsync(string rule, IQueryable<Device> seen, CancellationToken ct)
    {
        var rows = await (from finding in db.Findings.AsNoTracking()
                          where finding.Rule == rule && finding.Verdict == Verdict.Fail
                          join device in seen on finding.DeviceId equals device.Id
                          orderby device.Name, finding.Subject
                          select new { device.Id, device.Name, finding.Subject }).Take(RuleRow.MostNamed).ToListAsync(ct);
        return [.. rows.Select(row => new FailingRow($"{row.Id}", row.Name, row.Subject))];
    }
}
