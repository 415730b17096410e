namespace Sandbox.Agent.Collecting;

/// <summary>Everything that wakes collectors between polls.</summary>
internal sealed class Triggers : IDisposable
{
    private readonly LinuxFileWatch? _files;
    private readonly List<IDisposable> _others = [];

    /// <param name="set">Whose collectors to wake.</param>
    /// <param name="touched">Gets one bit per lane, from any thread.</param>
    /// <param name="watching">Gets lane, number of watched paths, and what keeps others from being watched (null: nothing).</param>
    public Triggers(CollectorSet set, Action<ulong> touched, Action<int, int, string?> watching)
    {
        if (OperatingSystem.IsLinux())
            _files = new LinuxFileWatch(new RootFolder(set.Root), [.. set.Collectors.Select(collector => collector.Watches)], touched, watching);
        for (var lane = 0; lane < set.Collectors.Count; lane++)
        {
            var bit = 1UL << lane;
            if (set.Collectors[lane] is ISelfWaking own && own.Listen(() => touched(bit)) is { } listening) _others.Add(listening);
        }
    }

    /// <summary>Tries again what could not be watched.</summary>
    public void Replan() => _files?.Replan();

    public void Dispose()
    {
        foreach (var other in _others) other.Dispose();
        _files?.Dispose();
    }
}
