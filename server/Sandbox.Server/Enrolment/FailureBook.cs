namespace Sandbox.Server.Enrolment;

/// <summary>Counts the failures of some sort of thing within a window of time; bounded, so that many of them cannot fill the memory.</summary>
/// <param name="most">Failures that one may make within the window.</param>
/// <param name="window">How long a failure counts.</param>
/// <param name="time">The clock.</param>
internal sealed class FailureBook<T>(int most, TimeSpan window, TimeProvider time)
    where T : notnull
{
    private const int MostKeys = 10_000;
    private readonly Dictionary<T, Queue<DateTimeOffset>> _failures = [];
    private readonly Lock _lock = new();

    /// <summary>Notes a failure.</summary>
    public void Failed(T key)
    {
        lock (_lock)
        {
            if (_failures.Count >= MostKeys) Forget();
            if (_failures.Count >= MostKeys) _failures.Clear();
            if (!_failures.TryGetValue(key, out var times)) _failures[key] = times = new Queue<DateTimeOffset>();
            if (times.Count < most) times.Enqueue(time.GetUtcNow());
        }
    }

    /// <summary>How long one must wait. Null: it need not.</summary>
    public TimeSpan? Wait(T key)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(key, out var times)) return null;
            Drain(times);
            return times.Count < most ? null : times.Peek() + window - time.GetUtcNow();
        }
    }

    private void Forget()
    {
        foreach (var (key, times) in _failures)
        {
            Drain(times);
            if (times.Count == 0) _failures.Remove(key);
        }
    }

    private void Drain(Queue<DateTimeOffset> times)
    {
        var from = time.GetUtcNow() - window;
        while (times.TryPeek(out var oldest) && oldest <= from) times.Dequeue();
    }
}
