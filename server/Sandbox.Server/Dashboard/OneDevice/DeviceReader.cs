using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Acts;
using Sandbox.Server.Dashboard.Bandwidth;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Facts;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Reads one device for its page.</summary>
internal sealed class DeviceReader(
    SandboxDb db, DeviceQuery query, OpenStreams streams, EarlierReader earlier, TrafficReader traffic, ActsReader acts, WordReader word)
{
    private const int MostTransitions = 30;
    private const int MostGaps = 20;
    private const int MostActs = 10;
    private const int MostRefusals = 5;

    /// <summary>The device, or null when there is none or this person may not see it.</summary>
    public async Task<DeviceView?> ReadAsync(Viewer viewer, DeviceId id, string? trafficRange, CancellationToken ct)
    {
        var found = await query.VisibleTo(viewer).Where(d => d.Id == id).Select(d => new
        {
            Device = d,
            Owner = db.Names.Where(p => p.Id == d.OwnerId).Select(p => p.Name).FirstOrDefault(),
            Heir = db.Devices.Where(other => other.Id == d.ReplacedBy).Select(other => other.Name).FirstOrDefault(),
        }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var all = db.Transitions.AsNoTracking().Where(t => t.DeviceId == id);
        // Everything is unknown before the first report: that is no news, and would hide what is.
        var told = all.Where(t => t.From != null || t.To != Verdict.Unknown);
        var facts = await FactsAsync(id, ct);
        var findings = await db.Findings.AsNoTracking().Where(f => f.DeviceId == id).ToListAsync(ct);
        var view = new DeviceView
        {
            Device = found.Device, Owner = found.Owner, ReplacedBy = found.Heir, Online = streams.IsOpen(id), AsOf = query.AsOf,
            Findings = [.. findings.OrderBy(f => Verdicts.Order(f.Verdict)).ThenByDescending(f => f.Severity).ThenBy(f => f.Rule, StringComparer.Ordinal).ThenBy(f => f.Subject, StringComparer.Ordinal)],
            Transitions = await told.OrderByDescending(t => t.Id).Take(MostTransitions).ToListAsync(ct),
            TransitionCount = await told.CountAsync(ct),
            FirstUnknown = await all.Where(t => t.From == null && t.To == Verdict.Unknown).OrderByDescending(t => t.Id).Take(MostTransitions).ToListAsync(ct),
            Gaps = await db.Gaps.AsNoTracking().Where(g => g.DeviceId == id).OrderByDescending(g => g.Id).Take(MostGaps).ToListAsync(ct),
            Refusals = await db.Refusals.AsNoTracking().Where(r => r.DeviceId == id).OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(MostRefusals).ToListAsync(ct),
            Places = found.Device.State == DeviceState.Quarantined ? CopyPlace.Of(await db.Sightings.AsNoTracking().Where(s => s.DeviceId == id).ToListAsync(ct)) : [],
            Acts = await acts.ReadAsync(viewer, id, ActFilter.People, page: 1, MostActs, ct),
            Traffic = await traffic.ReadAsync(viewer, id, trafficRange, ct),
            Word = await word.ReadAsync(found.Device, facts, viewer, ct),
            Sheets = [],
        };
        return view with { Sheets = FactSheets.Of(facts, view.ToServer, $"/devices/{id}"), Earlier = await earlier.ReadAsync(viewer, found.Device, facts, ct) };
    }

    /// <summary>The latest facts of a device.</summary>
    public async Task<DeviceFacts> FactsAsync(DeviceId id, CancellationToken ct)
    {
        var facts = new DeviceFacts();
        foreach (var stored in await db.Facts.AsNoTracking().Where(f => f.DeviceId == id && f.Kind > 0).ToListAsync(ct))
        {
            var fact = Fact.Parser.ParseFrom(stored.Bytes);
            if (fact.KindCase != Fact.KindOneofCase.None) facts.Put(new ReportedFact(fact, stored.ReportId, stored.ChangedAt, stored.VerifiedAt));
        }

        return facts;
    }
}
