using Microsoft.Extensions.Time.Testing;
using Sandbox.Server.Backups;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.LabBackups;

/// <summary>What takes long says so; what does not is silent.</summary>
public sealed class LongWorks
{
    [Fact]
    public async Task It_says_every_five_seconds_how_far_it_is()
    {
        var (time, work, steps) = (new FakeTimeProvider(), new TaskCompletionSource(), 0);
        await using var said = new StringWriter();

        var telling = LongWork.TellAsync(work.Task, () => $"{++steps} MiB", said, time);
        for (var step = 1; step <= 2; step++)
        {
            time.Advance(LongWork.Every);
            await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref steps) == step));
        }
        work.SetResult();
        await telling;

        Assert.Equal("1 MiB\n2 MiB\n", said.ToString());
    }

    [Fact]
    public async Task What_fails_fails_as_it_is()
    {
        await using var said = new StringWriter();

        await Assert.ThrowsAsync<IOException>(() => LongWork.TellAsync(Task.FromException(new IOException("full")), () => "", said, TimeProvider.System));

        Assert.Empty(said.ToString());
    }
}
