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

    /// <summary>Whether it is time to ask.</summary>
    public bool IsDue(IEnumerable<EvidenceItem> evidence, DateTimeOffset now) => _next <= now && evidence.Any(item => Outlooks.AreWanted(item, now));

    /// <summary>Evidence that somebody else's machine turns out to have seen.</summary>
    public IReadOnlyList<EvidenceItem> Ask(IEnumerable<EvidenceItem> evidence, DeviceFacts facts, DateTimeOffset now)
    {
        if (!IsDue(evidence, now)) return [];
        _next = now + Pause;
        return [.. from item in evidence where Outlooks.AreWanted(item, now) let saw = Find(item, facts) where saw is not null select item with { SeenElsewhere = saw }];
    }

    private SeenElsewhere? Find(EvidenceItem item, DeviceFacts facts) => Outlooks.Of(item, facts)
        .Select(outlook => Outlooks.Find(item, outlook, store.FactsOfOthers(device, item.Person!.Value, outlook.Kind, outlook.Holds))).FirstOrDefault(saw => saw is not null);
}
