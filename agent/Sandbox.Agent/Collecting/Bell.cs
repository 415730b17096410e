using System.Threading.Channels;

namespace Sandbox.Agent.Collecting;

/// <summary>Wakes one waiter. Rings that nobody has heard yet count as one.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>From any thread; never waits.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Returns once it has rung since the last return.</summary>
    public async ValueTask WaitAsync(CancellationToken ct) => await _rung.Reader.ReadAsync(ct);
}
