using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Sandbox.Server.Live;

namespace Sandbox.Server.Dashboard.Events;

/// <summary>
/// Decides when one page hears of what happened: the first change at once, a burst of them as one at the end of the step, signs of life
/// gathered, and a beat when there was nothing else.
/// </summary>
/// <param name="step">Shortest time between two changes.</param>
/// <param name="beat">Longest silence.</param>
/// <param name="time">The clock.</param>
internal sealed class Pacer(TimeSpan step, TimeSpan beat, TimeProvider time)
{
    /// <summary>Shortest time between two messages about signs of life.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> _seen = [];
    private DateTimeOffset _lastChange = DateTimeOffset.MinValue;
    private DateTimeOffset _lastSeen = DateTimeOffset.MinValue;
    private DateTimeOffset _lastSent = time.GetUtcNow();
    private bool _changed;

    /// <summary>Takes in what happened.</summary>
    public void Take(LiveEvent happened)
    {
        if (happened is { Change: LiveChange.Seen, Missed: false, Device: { } device }) _seen[device.ToString()] = happened.At.ToUnixTimeMilliseconds();
        else _changed = true;
    }

    /// <summary>How long until something is due; nothing new may come before that.</summary>
    public TimeSpan Wait()
    {
        var due = _lastSent + beat;
        if (_changed) due = Earlier(due, After(_lastChange, step));
        if (_seen.Count > 0) due = Earlier(due, After(_lastSeen, SeenStep));
        var wait = due - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>What is due now, and remembers that it was sent.</summary>
    public IReadOnlyList<SseItem<string>> Due()
    {
        var now = time.GetUtcNow();
        var items = new List<SseItem<string>>();
        if (_changed && After(_lastChange, step) <= now)
        {
            items.Add(Item("change", now));
            (_changed, _lastChange) = (false, now);
        }

        if (_seen.Count > 0 && After(_lastSeen, SeenStep) <= now)
        {
            items.Add(new SseItem<string>(JsonSerializer.Serialize(_seen), "seen"));
            _seen.Clear();
            _lastSeen = now;
        }

        if (items.Count == 0 && _lastSent + beat <= now) items.Add(Item("beat", now));
        if (items.Count > 0) _lastSent = now;
        return items;
    }

    /// <summary>A message that carries the server's clock, in milliseconds since 1970-01-01 UTC.</summary>
    public static SseItem<string> Item(string kind, DateTimeOffset now) =>
        new(now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), kind);

    private static DateTimeOffset After(DateTimeOffset last, TimeSpan step) => last == DateTimeOffset.MinValue ? last : last + step;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
