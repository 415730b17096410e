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

    /// <summary>Says who made the changes; what stays as it is, is left out.</summary>
    public IReadOnlyList<EvidenceItem> Attribute(IReadOnlyList<EvidenceItem> open, StreamWrites writes, DateTimeOffset now) =>
        WhoDidIt.ActsOf(open) is not { } span ? [] : WhoDidIt.Judge(open, Known(span.From, span.To, writes), new Holders(store.Holders()), device, now);

    // What is stored, and what this batch brings: of two reports of one act the one with more records stands, as it will in the store.
    private List<SeenAct> Known(DateTimeOffset from, DateTimeOffset to, StreamWrites writes)
    {
        var known = store.Acts(device, from, to).ToDictionary(act => Convert.ToHexStringLower(act.Id));
        foreach (var gone in writes.Acts.Replaced) known.Remove(Convert.ToHexStringLower(gone));
        foreach (var act in writes.Acts.Rows)
        {
            var id = Convert.ToHexStringLower(act.Id);
            if (!known.TryGetValue(id, out var stored) || act.RecordCount > stored.RecordCount) known[id] = act;
        }
        return [.. known.Values.Select(act => new SeenAct(AdminAct.Parser.ParseFrom(act.Bytes), act.ReportId))];
    }
}
