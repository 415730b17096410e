using System.Collections.Concurrent;
using Sandbox.Protocol;

namespace Sandbox.Server.Live;

/// <summary>Who watches traffic now, so that only those devices are asked for it each second that somebody looks at.</summary>
internal sealed class TrafficWatchers
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Asked, DeviceId> _asked = new();
    private readonly Dictionary<DeviceId, int> _watched = [];
    private int _all;

    /// <summary>Somebody watches a device until what is returned is disposed. Null: all of them.</summary>
    public IDisposable Watch(DeviceId? device)
    {
        Count(device, 1);
        return new Ending(() => Count(device, -1));
    }

    /// <summary>A device's stream wants to know whether somebody watches: it is told at once if so, and at each change until disposed.</summary>
    public IDisposable Join(DeviceId device, Action<bool> tell)
    {
        var asked = new Asked(tell);
        lock (_gate)
        {
            _asked[asked] = device;
            asked.Tell(IsWatched(device));
        }
        return new Ending(() => _asked.TryRemove(asked, out _));
    }

    private void Count(DeviceId? device, int step)
    {
        lock (_gate)
        {
            if (device is not { } one) _all += step;
            else if ((_watched[one] = _watched.GetValueOrDefault(one) + step) == 0) _watched.Remove(one);
            foreach (var (asked, of) in _asked) asked.Tell(IsWatched(of));
        }
    }

    private bool IsWatched(DeviceId device) => _all > 0 || _watched.ContainsKey(device);

    private sealed class Asked(Action<bool> tell)
    {
        private bool _told;

        public void Tell(bool isWatched)
        {
            if (isWatched == _told) return;
            _told = isWatched;
            tell(isWatched);
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
