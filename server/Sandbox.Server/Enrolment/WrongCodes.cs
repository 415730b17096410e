using System.Net;
using System.Net.Sockets;

namespace Sandbox.Server.Enrolment;

/// <summary>
/// Counts wrong codes per address (an IPv6 neighbour is its /64). Only failures count, and so many may fail that a class of thirty behind one
/// address, each mistaken once or twice, is never locked out: the tokens are far too long to guess, this keeps the noise down.
/// </summary>
internal sealed class WrongCodes(TimeProvider time)
{
    /// <summary>Failures that one address may make within <see cref="Window"/>.</summary>
    internal const int Most = 90;

    /// <summary>How long a failure counts.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MostAddresses = 10_000;
    private readonly Dictionary<IPAddress, Queue<DateTimeOffset>> _failures = [];
    private readonly Lock _lock = new();

    /// <summary>Notes a failure.</summary>
    public void Failed(IPAddress? from)
    {
        lock (_lock)
        {
            if (_failures.Count >= MostAddresses) Forget();
            if (_failures.Count >= MostAddresses) _failures.Clear();
            var key = Key(from);
            if (!_failures.TryGetValue(key, out var times)) _failures[key] = times = new Queue<DateTimeOffset>();
            if (times.Count < Most) times.Enqueue(time.GetUtcNow());
        }
    }

    /// <summary>How long an address must wait. Null: it need not.</summary>
    public TimeSpan? Wait(IPAddress? from)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(Key(from), out var times)) return null;
            Drain(times);
            return times.Count < Most ? null : times.Peek() + Window - time.GetUtcNow();
        }
    }

    private void Forget()
    {
        foreach (var (address, times) in _failures)
        {
            Drain(times);
            if (times.Count == 0) _failures.Remove(address);
        }
    }

    private void Drain(Queue<DateTimeOffset> times)
    {
        var from = time.GetUtcNow() - Window;
        while (times.TryPeek(out var oldest) && oldest <= from) times.Dequeue();
    }

    private static IPAddress Key(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
