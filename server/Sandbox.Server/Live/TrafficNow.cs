using System.Collections.Concurrent;
using Sandbox.Protocol;

namespace Sandbox.Server.Live;

/// <summary>What passes devices' interfaces at this moment, for the last two minutes: in memory alone, and only of devices that somebody watches.</summary>
internal sealed class TrafficNow(TimeProvider time)
{
    /// <summary>How far back it reaches.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMinutes(2);

    /// <summary>A device that said nothing for so long is not counted.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<DeviceId, Queue<TrafficRate>> _byDevice = new();

    /// <summary>Takes what a device said.</summary>
    public void Take(DeviceId device, LiveTraffic said)
    {
        // Two seconds' worth in one, or none at all, is a clock that jumps.
        if (said.MeasuredMs is < 100 or > 60_000) return;
        ulong received = 0, sent = 0;
        foreach (var traffic in said.Interfaces)
        {
            if (!traffic.InTotal) continue;
            received += traffic.ReceivedBytes;
            sent += traffic.SentBytes;
        }
        Take(device, new TrafficRate(time.GetUtcNow(), PerSecond(received, said.MeasuredMs), PerSecond(sent, said.MeasuredMs)));
    }

    /// <summary>The rates of the last two minutes, oldest first.</summary>
    public IReadOnlyList<TrafficRate> Recent(DeviceId device)
    {
        if (!_byDevice.TryGetValue(device, out var rates)) return [];
        var oldest = time.GetUtcNow() - Reach;
        lock (rates) return [.. rates.Where(rate => rate.At >= oldest)];
    }

    /// <summary>The newest rate. Null: it said nothing just now.</summary>
    public TrafficRate? Latest(DeviceId device)
    {
        if (!_byDevice.TryGetValue(device, out var rates)) return null;
        lock (rates) return rates.LastOrDefault() is { } last && last.At >= time.GetUtcNow() - Fresh ? last : null;
    }

    /// <summary>Its stream is over.</summary>
    public void Forget(DeviceId device) => _byDevice.TryRemove(device, out _);

    private void Take(DeviceId device, TrafficRate rate)
    {
        var rates = _byDevice.GetOrAdd(device, _ => new Queue<TrafficRate>());
        lock (rates)
        {
            rates.Enqueue(rate);
            while (rates.TryPeek(out var first) && (first.At < rate.At - Reach || rates.Count > Reach.TotalSeconds * 2)) rates.Dequeue();
        }
    }

    private static double PerSecond(ulong bytes, uint milliseconds) => bytes * 8000.0 / milliseconds;
}

/// <summary>What passes, in bits per second.</summary>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Received">Each second towards the machine.</param>
/// <param name="Sent">Each second from it.</param>
internal sealed record TrafficRate(DateTimeOffset At, double Received, double Sent);
