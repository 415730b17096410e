using System.Collections.Concurrent;

namespace Sandbox.Server.Export;

/// <summary>One bundle at a time for each person, and few for all: each reads the whole log and lies in a temporary folder until it is sent.</summary>
internal sealed class ExportTurns
{
    /// <summary>Bundles that are made at the same time.</summary>
    public const int Most = 3;

    private readonly ConcurrentDictionary<Guid, byte> _busy = [];

    /// <summary>Takes a turn; dispose it when the bundle was sent.</summary>
    /// <param name="person">Whose bundle it is.</param>
    /// <param name="busy">Why there is none now. Null: there is one.</param>
    /// <returns>Null: the person's last one is on its way still, or those of others are.</returns>
    public IDisposable? TryTake(Guid person, out string? busy)
    {
        busy = "A bundle of yours is being made or sent already: wait until it is there.";
        if (!_busy.TryAdd(person, 0)) return null;
        busy = null;
        if (_busy.Count <= Most) return new Turn(_busy, person);
        _busy.TryRemove(person, out _);
        busy = $"{Most} bundles are being made for others: try again in a minute.";
        return null;
    }

    private sealed class Turn(ConcurrentDictionary<Guid, byte> busy, Guid person) : IDisposable
    {
        public void Dispose() => busy.TryRemove(person, out _);
    }
}
