using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>What the server will have been told, per kind: only what a sink has made durable counts.</summary>
internal sealed class ReportedFacts : IDisposable
{
    private readonly Dictionary<Fact.KindOneofCase, byte[]> _hashes = [];
    private readonly FactHash _hash = new();

    /// <summary>Whether the fact says what was reported last.</summary>
    public bool Same(Fact fact) => _hashes.TryGetValue(fact.KindCase, out var known) && known.AsSpan().SequenceEqual(_hash.Of(fact));

    /// <summary>The fact is durable now.</summary>
    public void Accept(Fact fact) => _hashes[fact.KindCase] = _hash.Of(fact);

    /// <summary>The kinds count as never reported; an empty list means all.</summary>
    public void Forget(IReadOnlyList<Fact.KindOneofCase> kinds)
    {
        if (kinds.Count == 0) _hashes.Clear();
        foreach (var kind in kinds) _hashes.Remove(kind);
    }

    public void Dispose() => _hash.Dispose();
}
