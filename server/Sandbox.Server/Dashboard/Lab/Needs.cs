using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Assignments;
using Sandbox.Server.Dashboard.Competencies;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Tasks;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Lab;

/// <summary>What wants a person: lines that wait for a mentor, an apprentice's tasks, devices in trouble, clocks, certificates, and what was turned away.</summary>
internal sealed class Needs(DeviceQuery query, RefusalQuery refusals, CompetencyReader competencies, TaskReader tasks)
{
    private const int MostNames = 3;

    private static readonly (DeviceGroup Group, Tone Tone, string One, string Many)[] Groups =
    [
        (DeviceGroup.Quarantined, Tone.Bad, "device is quarantined: its identity is in two places", "devices are quarantined: their identities are in two places"),
        (DeviceGroup.Failing, Tone.Bad, "device fails checks", "devices fail checks"),
        (DeviceGroup.Silent, Tone.Warn, "device has been silent for over an hour", "devices have been silent for over an hour"),
        (DeviceGroup.Clock, Tone.Warn, "clock is more than 5 s off", "clocks are more than 5 s off"),
        (DeviceGroup.Certificate, Tone.Warn, "certificate is about to end", "certificates are about to end"),
        (DeviceGroup.PasswordUnknown, Tone.Unknown, "device could not be judged fully", "devices could not be judged fully"),
    ];

    public async Task<IReadOnlyList<Need>> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var needs = new List<Need>();
        if (viewer.SignsOff && await LinesAsync(ct) is { } lines) needs.Add(lines);
        if (!viewer.SeesEverything && await TasksAsync(viewer, ct) is { } open) needs.Add(open);
        foreach (var (group, tone, one, many) in Groups)
        {
            var devices = query.Of(viewer, group);
            var count = await devices.CountAsync(ct);
            if (count == 0) continue;
            var names = await devices.OrderBy(d => d.Name).Select(d => d.Name).Take(MostNames).ToListAsync(ct);
            needs.Add(new Need(count, tone, count == 1 ? one : many, Named(names, count), DeviceGroups.Url(group), "Show"));
        }

        if (viewer.SeesEverything && await RefusedAsync(ct) is { } refused) needs.Add(refused);
        return needs;
    }

    // The longest wait first, as in the queue.
    private async Task<Need?> LinesAsync(CancellationToken ct)
    {
        var waiting = (await competencies.OverviewAsync(ct)).Waiting.DistinctBy(row => (row.PersonId, row.Line.Id)).ToList();
        return waiting.Count == 0 ? null : new Need(waiting.Count, Tone.Warn, waiting.Count == 1 ? "line waits for you" : "lines wait for you",
            Named(waiting.Take(MostNames).Select(row => $"{row.Line.Id} of {row.Person}"), waiting.Count), "/competencies", "Decide");
    }

    private async Task<Need?> TasksAsync(Viewer viewer, CancellationToken ct)
    {
        var open = (await tasks.ListAsync(viewer, ct)).Open.Where(row => row.Standing(query.AsOf) == AssignmentStanding.Open).ToList();
        return open.Count == 0 ? null : new Need(open.Count, Tone.Warn, open.Count == 1 ? "assignment is open" : "assignments are open",
            Named(open.Take(MostNames).Select(row => row.Given.Title), open.Count), "/assignments", "Show");
    }

    private static string Named(IEnumerable<string> names, int count) => string.Join(", ", names) + (count > MostNames ? $" and {count - MostNames} more" : "");

    private async Task<Need?> RefusedAsync(CancellationToken ct)
    {
        var count = await refusals.Recent().CountAsync(ct);
        if (count == 0) return null;
        var latest = await refusals.Recent().OrderByDescending(r => r.At).ThenByDescending(r => r.Id).FirstAsync(ct);
        return new Need(count, Tone.Warn, count == 1 ? "request was turned away in the last day" : "requests were turned away in the last day",
            $"latest: {ReasonWords.Of(latest.Reason)}, {Ages.Ago(latest.At, query.AsOf)}", "/refusals", "Show");
    }
}
