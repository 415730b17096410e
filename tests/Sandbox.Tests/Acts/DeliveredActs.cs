using System.Diagnostics;
using Sandbox.Agent.Acts;
using Sandbox.Tests.Collecting;
using Kind = Sandbox.Protocol.Fact.KindOneofCase;

namespace Sandbox.Tests.Acts;

/// <summary>Acts in the loop, on the real clock: at once, once, and again when there was no room.</summary>
public sealed class DeliveredActs : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles().With(ActMachine.Auth, "");
    private readonly TemporaryFolder _data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_line_is_in_the_sink_within_200_ms_most_of_the_time()
    {
        await using var loop = await StartedAsync();
        var took = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Append($"u{i}");
            Assert.Equal($"u{i}", (await loop.Sink.NextChangeAsync(Ct)).Changed.Single().Acts.Acts_.Single().Objects[0].Name);
            took.Add(Stopwatch.GetElapsedTime(began));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        }

        Assert.InRange(took.Order().ElementAt(5), TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_sink_without_room_gets_the_acts_again_and_then_once()
    {
        await using var loop = await StartedAsync();
        loop.Sink.Full = true;
        Append("a");
        while (loop.Sink.Refused == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        loop.Sink.Full = false;
        Append("b");

        var names = new List<string>();
        while (names.Count < 2) names.AddRange((await loop.Sink.NextChangeAsync(Ct)).Changed.SelectMany(fact => fact.Acts.Acts_).Select(act => act.Objects[0].Name));

        Assert.Equal(["a", "b"], names.Order());
    }

    [Fact]
    public async Task A_refresh_does_not_bring_acts_again()
    {
        await using var loop = await StartedAsync();
        Append("a");
        await loop.Sink.NextChangeAsync(Ct);

        loop.Refresh.Ask([Kind.Acts]);
        Append("b");

        Assert.Equal("b", (await loop.Sink.NextChangeAsync(Ct)).Changed.Single().Acts.Acts_.Single().Objects[0].Name);
    }

    private async Task<RunningLoop> StartedAsync()
    {
        var loop = new RunningLoop(_files.Root, null, new LinuxActs(_files.Root, _data["acts.place"], TimeProvider.System));
        // What is not seen (no audit) comes first.
        Assert.NotEmpty((await loop.Sink.NextChangeAsync(Ct)).Changed.Single().Acts.Unseen);
        return loop;
    }

    private void Append(string name) => File.AppendAllText(_files.At(ActMachine.Auth), FollowedLogs.Line(name));
}
