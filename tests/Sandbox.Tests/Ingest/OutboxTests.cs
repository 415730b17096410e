using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Ingest;

/// <summary>What the server sends to one agent.</summary>
public sealed class OutboxTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_message_on_its_way_is_not_broken_off_when_the_stream_ends()
    {
        using var end = new CancellationTokenSource();
        var (agent, sending) = Send(end.Token);
        var broken = await agent.Began.Task;

        await end.CancelAsync();

        _time.Advance(Outbox.Grace - TimeSpan.FromMilliseconds(1));
        Assert.False(broken.IsCancellationRequested);
        agent.Arrived.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task An_agent_that_reads_nothing_does_not_keep_its_stream_open()
    {
        using var end = new CancellationTokenSource();
        var (agent, sending) = Send(end.Token);
        await using var breaks = (await agent.Began.Task).Register(() => agent.Arrived.SetCanceled());
        await end.CancelAsync();

        _time.Advance(Outbox.Grace);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private (SlowAgent Agent, Task Sending) Send(CancellationToken ct)
    {
        var (agent, outbox) = (new SlowAgent(), new Outbox(new ByteBudget(1), new DeviceWitness(new Witnesses(new NewestCheckpoint()), DeviceId.New(), "", [], hasNothingNew: null), _time));
        outbox.AskForAll();
        return (agent, outbox.SendAsync(agent, ct));
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
