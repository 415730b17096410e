using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Asks what machines of others say of the changes on one device, once an hour at the most: it reads facts of all of them.</summary>
internal sealed class OthersBook(DeviceId device, IIngestStore store)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Whether it is time to ask of evidence that wants it until then.</summary>
    public bool IsDue(DateTimeOffset? wantedUntil, DateTimeOffset now) => wantedUntil > now && _next <= now;

    /// <summary>Evidence that somebody else's machine turns out to have seen.</summary>
    public IReadOnlyList<EvidenceItem> Ask(IEnumerable<EvidenceItem> evidence, DeviceFacts facts, DateTimeOffset now)
    {
        if (_next > now) return [];
        var wanted = evidence.Where(item => Outlooks.WantedUntil(item) > now).ToList();
        if (wanted.Count > 0) _next = now + Pause;
        return [.. from item in wanted let saw = Find(item, facts) where saw is not null select item with { SeenElsewhere = saw }];
    }

    private SeenElsewhere? Find(EvidenceItem item, DeviceFacts facts) => Outlooks.Of(item, facts)
        .Select(outlook => Outlooks.Find(item, outlook, (kind, text) => store.FactsOfOthers(device, item.Person!.Value, kind, text))).FirstOrDefault(saw => saw is not null);
}
