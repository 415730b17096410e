namespace Sandbox.Agent.Acts.Audit;

/// <summary>The latest records that stand in audit.log, by the kernel's serial: what is heard besides is no news.</summary>
internal sealed class WrittenRecords
{
    // A record is heard at once and written within seconds; a thousand in that time would be a storm.
    private const int Most = 2048;
    private readonly HashSet<string> _serials = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Notes a line of the log.</summary>
    public void Add(AuditRecord record)
    {
        if (!AuditTypes.IsHeard(record.Type) || !_serials.Add(record.Serial)) return;
        _order.Enqueue(record.Serial);
        if (_order.Count > Most) _serials.Remove(_order.Dequeue());
    }

    /// <summary>Whether it is one of them.</summary>
    public bool Has(AuditRecord record) => _serials.Contains(record.Serial);
}
