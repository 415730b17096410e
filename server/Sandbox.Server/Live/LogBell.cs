using System.Threading.Channels;

namespace Sandbox.Server.Live;

/// <summary>Rung after a commit that holds entries of the evidence log, so that the sequencer need not wait for its next look.</summary>
internal sealed class LogBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to sequence; never waits.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits until it was rung since the last wait.</summary>
    public async ValueTask RungAsync(CancellationToken ct) => await _rung.Reader.ReadAsync(ct);
}
