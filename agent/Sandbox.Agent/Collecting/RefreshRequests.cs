using System.Threading.Channels;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Asks the collectors to report kinds as if they had just changed: the server asked, or reports were lost. Bounded: an overflow turns
/// into "all kinds", so nothing asked for is forgotten.
/// </summary>
internal sealed class RefreshRequests
{
    private const int MostWaiting = 16;
    private readonly Channel<IReadOnlyList<Fact.KindOneofCase>> _waiting =
        Channel.CreateBounded<IReadOnlyList<Fact.KindOneofCase>>(MostWaiting);

    private int _all;

    /// <summary>Asks for some kinds; an empty list means all.</summary>
    public void Ask(IReadOnlyList<Fact.KindOneofCase> kinds)
    {
        if (!_waiting.Writer.TryWrite(kinds)) Interlocked.Exchange(ref _all, 1);
    }

    /// <summary>The next request; an empty list means all.</summary>
    public async ValueTask<IReadOnlyList<Fact.KindOneofCase>> NextAsync(CancellationToken ct)
    {
        var next = await _waiting.Reader.ReadAsync(ct);
        return Interlocked.Exchange(ref _all, 0) == 1 ? [] : next;
    }
}
