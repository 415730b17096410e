using System.Collections.Concurrent;

namespace Sandbox.Server.Api;

/// <summary>How many readings of each token are open: a program that opens one after the other and closes none does not use the server up.</summary>
internal sealed class OpenReadings
{
    /// <summary>Readings of one token at the same time.</summary>
    public const int MostOfOne = 8;

    private readonly ConcurrentDictionary<Guid, int> _open = [];

    /// <summary>Opens one. Null: too many are open.</summary>
    public IDisposable? TryOpen(Guid token)
    {
        if (_open.AddOrUpdate(token, 1, (_, open) => open + 1) <= MostOfOne) return new Reading(this, token);
        Close(token);
        return null;
    }

    private void Close(Guid token)
    {
        if (_open.AddOrUpdate(token, 0, (_, open) => open - 1) == 0) _open.TryRemove(new KeyValuePair<Guid, int>(token, 0));
    }

    private sealed class Reading(OpenReadings all, Guid token) : IDisposable
    {
        public void Dispose() => all.Close(token);
    }
}
