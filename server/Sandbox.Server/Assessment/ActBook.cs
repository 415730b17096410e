using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Looks up by what acts and people the changes of one device are attributed.</summary>
internal sealed class ActBook(DeviceId device, IIngestStore store)
{
    /// <summary>Acts that a report tells of.</summary>
    public static IReadOnlyList<SeenAct> In(TakenReport? report)
    {
        List<SeenAct>? acts = null;
        foreach (var fact in report?.Content.Facts ?? [])
            foreach (var act in fact.Acts?.Acts_ ?? []) (acts ??= []).Add(new SeenAct(act, report!.Row.Id));
        return acts ?? [];
    }

    /// <summary>Says who made the changes; what stays as it is, is left out. Where more happened than is looked at, nothing is said.</summary>
    public IReadOnlyList<EvidenceItem> Attribute(IReadOnlyList<EvidenceItem> open, StreamWrites writes, DateTimeOffset now)
    {
        if (open.Count == 0) return [];
        var holders = new Holders(store.Holders());
        // What changed at once shares its span.
        return [.. open.GroupBy(WhoDidIt.ActsOf).SelectMany(group => group.Key is { } span && Known(span.From, span.To, writes) is { } acts ? WhoDidIt.Judge(group, acts, holders, device, now) : [])];
    }

    // What is stored, and what this batch brings: of two reports of one act the one with more records stands, as it will in the store. Null: too many.
    private List<SeenAct>? Known(DateTimeOffset from, DateTimeOffset to, StreamWrites writes)
    {
        var stored = store.Acts(device, from, to);
        if (stored.Count >= IIngestStore.MostActs) return null;
        var known = stored.ToDictionary(act => Convert.ToHexStringLower(act.Id));
        foreach (var gone in writes.Acts.Replaced) known.Remove(Convert.ToHexStringLower(gone));
        foreach (var act in writes.Acts.Rows)
        {
            var id = Convert.ToHexStringLower(act.Id);
            if (!known.TryGetValue(id, out var before) || act.RecordCount > before.RecordCount) known[id] = act;
        }
        return [.. known.Values.Select(act => new SeenAct(AdminAct.Parser.ParseFrom(act.Bytes), act.ReportId))];
    }
}
