using System.Collections.Concurrent;

namespace Sandbox.Server.Export;

/// <summary>One bundle at a time for each person, and few for all: each reads the whole log and lies in a temporary folder until it is sent.</summary>
internal sealed class ExportTurns
{
    /// <summary>Bundles that are made at the same time.</summary>
    public const int Most = 3;

    private readonly ConcurrentDictionary<Guid, byte> _busy = [];

    /// <summary>Takes a turn; dispose it when the bundle is made.</summary>
    /// <exception cref="SetupException">The person's last one is being made still, or those of others are.</exception>
    public IDisposable Take(Guid person)
    {
        if (!_busy.TryAdd(person, 0)) throw new SetupException("A bundle of yours is being made already: wait until it is there.");
        if (_busy.Count <= Most) return new Turn(_busy, person);
        _busy.TryRemove(person, out _);
        throw new SetupException($"{Most} bundles are being made for others: try again in a minute.");
    }

    private sealed class Turn(ConcurrentDictionary<Guid, byte> busy, Guid person) : IDisposable
    {
        public void Dispose() => busy.TryRemove(person, out _);
    }
}
