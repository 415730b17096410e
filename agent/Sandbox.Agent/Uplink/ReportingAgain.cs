using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// After a loss everything is reported again, but at most once a minute: what is reported again may be lost again (a full spool, a server
/// that refuses), and must not feed on itself.
/// </summary>
internal sealed class ReportingAgain(RefreshRequests refresh, TimeProvider time)
{
    private static readonly TimeSpan _apart = TimeSpan.FromMinutes(1);
    private long? _asked;
    private bool _owed;

    /// <summary>A flush is on disk, which happens at least once a heartbeat.</summary>
    public void After(bool toldOfLoss)
    {
        _owed |= toldOfLoss;
        if (!_owed || (_asked is { } asked && time.GetElapsedTime(asked) < _apart)) return;
        (_asked, _owed) = (time.GetTimestamp(), false);
        refresh.Ask([]);
    }
}
