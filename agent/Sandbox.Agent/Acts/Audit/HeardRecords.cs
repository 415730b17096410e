namespace Sandbox.Agent.Acts.Audit;

/// <summary>Records that the kernel told and that wait until what they say is durable. Used from any thread.</summary>
internal sealed class HeardRecords
{
    // Some 4,000 records; they wait until the next run, or for as long as there is no room for reports.
    private const int MostBytes = 1 << 20;
    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _lines = new();
    private long _first;
    private int _bytes;

    /// <summary>What stands in audit.log as well. Used by the collector alone.</summary>
    public WrittenRecords Written { get; } = new();

    /// <summary>The kernel lets this agent hear.</summary>
    public bool IsListening { get; set; }

    /// <summary>Something was heard: audit is switched on.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Time of the first record behind which none is missing. Null: none was heard since the last that is.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Records came faster than they were read, so some are missing.</summary>
    public bool HasMissed { get; private set; }

    /// <summary>Keeps a record, as the line that auditd would write. The oldest go where there is no room.</summary>
    public void Add(byte[] line)
    {
        lock (_gate)
        {
            HasHeard = true;
            Since ??= AuditRecord.Parse(line)?.At;
            _lines.Enqueue(line);
            _bytes += line.Length;
            while (_bytes > MostBytes) Drop();
        }
    }

    /// <summary>Notes that the kernel could not tell all.</summary>
    public void Miss()
    {
        lock (_gate) (HasMissed, Since) = (true, null);
    }

    /// <summary>What waits, and the number of the first of them.</summary>
    public (long First, IReadOnlyList<byte[]> Lines) Waiting()
    {
        lock (_gate) return (_first, [.. _lines]);
    }

    /// <summary>Forgets those before a number: they are durable, or auditd has written them down.</summary>
    public void Settle(long before)
    {
        lock (_gate)
        {
            while (_first < before && _lines.TryDequeue(out var line)) (_first, _bytes) = (_first + 1, _bytes - line.Length);
        }
    }

    private void Drop()
    {
        _bytes -= _lines.Dequeue().Length;
        _first++;
        (HasMissed, Since) = (true, null);
    }
}
