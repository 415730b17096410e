using Google.Protobuf;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>Acts of one device that are to be written: each once, the one with the most records, and without those that a better one replaces.</summary>
public sealed class ActWrites
{
    private const int IdLength = 32;

    private readonly Dictionary<string, StoredAct> _rows = [];
    private readonly Dictionary<string, byte[]> _replaced = [];

    /// <summary>Acts to be stored, or to take the place of a stored one with fewer records.</summary>
    public IReadOnlyCollection<StoredAct> Rows => _rows.Values;

    /// <summary>Ids of acts that are no acts of their own any more.</summary>
    public IReadOnlyCollection<byte[]> Replaced => _replaced.Values;

    /// <summary>Takes an act. One without a sound id is passed over: it could not be told from others.</summary>
    public void Add(DeviceId device, AdminAct act, long reportId)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (act.Id.Length != IdLength) return;
        foreach (var gone in act.Replaces.Where(id => id.Length == IdLength && id != act.Id))
        {
            _replaced[gone.ToBase64()] = gone.ToByteArray();
            _rows.Remove(gone.ToBase64());
        }
        var key = act.Id.ToBase64();
        // Reported late, after the better one.
        if (_replaced.ContainsKey(key)) return;
        var records = (int)Math.Min(act.RecordCount, int.MaxValue);
        if (_rows.TryGetValue(key, out var known) && known.RecordCount > records) return;
        _rows[key] = new StoredAct
        {
            DeviceId = device, Id = act.Id.ToByteArray(), ReportId = reportId, OccurredAt = new SeenAct(act, reportId).OccurredAt ?? DateTimeOffset.UnixEpoch, Method = act.Method, Action = act.Action, IsAutomation = SeenAct.Automation(act) is not null,
            Actor = act.Actor is { HasOsName: true } actor ? actor.OsName : null, RecordCount = records, Bytes = act.ToByteArray(),
        };
    }
}
