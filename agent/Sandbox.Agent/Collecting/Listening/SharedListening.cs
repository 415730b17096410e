namespace Sandbox.Agent.Collecting.Listening;

/// <summary>Tells several collectors when a socket begins or ends to wait for others, and looks once for all of them.</summary>
internal sealed class SharedListening(RootFolder root)
{
    private readonly Lock _lock = new();
    private volatile Action[] _wakes = [];
    private ListenerWatch? _watch;

    /// <inheritdoc cref="ISelfWaking.Listen"/>
    public IDisposable? Listen(Action wake)
    {
        if (!root.IsThisSystem) return null;
        lock (_lock)
        {
            _watch ??= ListenerWatch.Listen(root, WakeAll);
            if (_watch is null) return null;
            _wakes = [.. _wakes, wake];
            return new Listener(this, wake);
        }
    }

    private void WakeAll()
    {
        foreach (var wake in _wakes) wake();
    }

    private void End(Action wake)
    {
        lock (_lock)
        {
            _wakes = [.. _wakes.Where(other => other != wake)];
            if (_wakes.Length > 0) return;
            _watch?.Dispose();
            _watch = null;
        }
    }

    private sealed class Listener(SharedListening all, Action wake) : IDisposable
    {
        public void Dispose() => all.End(wake);
    }
}
