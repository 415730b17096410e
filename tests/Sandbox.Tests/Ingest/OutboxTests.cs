using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Ingest;

/// <summary>What the server sends to one agent.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task A_message_on_its_way_is_not_broken_off_when_the_stream_ends()
    {
        var (agent, outbox) = (new SlowAgent(), new Outbox(new ByteBudget(1), new DeviceWitness(DeviceId.New(), "", [], new NewestCheckpoint(), hasNothingNew: null)));
        using var end = new CancellationTokenSource();
        outbox.AskForAll();
        var sending = outbox.SendAsync(agent, end.Token);
        var broken = await agent.Began.Task;

        await end.CancelAsync();

        Assert.False(broken.IsCancellationRequested);
        agent.Arrived.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    /// <summary>Takes a message only when the test says so.</summary>
    private sealed class SlowAgent : IServerStreamWriter<ServerMessage>
    {
        public TaskCompletionSource<CancellationToken> Began { get; } = new();

        public TaskCompletionSource Arrived { get; } = new();

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(ServerMessage message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(ServerMessage message, CancellationToken cancellationToken)
        {
            Began.SetResult(cancellationToken);
            return Arrived.Task;
        }
    }
}
