using System.Threading.Channels;
using Grpc.Core;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// Traffic that somebody watches now. Only the newest waits, and only while the server asks for it: what cannot go at once is of no use.
/// </summary>
internal sealed class LiveLane
{
    private readonly Channel<LiveTraffic> _newest = Channel.CreateBounded<LiveTraffic>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile bool _wanted;

    /// <summary>Whether the server asks for it. A new stream begins with false.</summary>
    public bool Wanted
    {
        get => _wanted;
        set => _wanted = value;
    }

    /// <summary>Takes what passed in the last second. From any thread.</summary>
    public void Offer(LiveTraffic second)
    {
        if (_wanted) _newest.Writer.TryWrite(second);
    }

    /// <summary>Sends what is offered until the stream closes. One that breaks is others' to notice.</summary>
    /// <param name="server">The stream.</param>
    /// <param name="close">Nothing more is to be sent.</param>
    /// <param name="end">Ends the call: a write that was cancelled by anything else would end it, too.</param>
    public async Task SendAsync(IClientStreamWriter<AgentMessage> server, CancellationToken close, CancellationToken end)
    {
        while (_newest.Reader.TryRead(out _))
        {
            // From an older stream.
        }

        try
        {
            await foreach (var second in _newest.Reader.ReadAllAsync(close)) await server.WriteAsync(new AgentMessage { LiveTraffic = second }, end);
        }
        catch (Exception fault) when (StreamEnd.Shows(fault))
        {
            // Over.
        }
    }
}
