using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What a fault was seeded in may be removed by somebody, and then nothing of the fault is there: the helper is done with it, and can be removed itself.</summary>
public sealed class GoneWithItsPlace : IDisposable
{
    private readonly SeedTree _machine = new SeedTree().WithUfw();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(FaultName.FirewallPortOpened, "usr/bin/ufw")]
    [InlineData(FaultName.AntivirusUpdatesStopped, "usr/lib/systemd/system/clamav-freshclam.service")]
    public async Task It_is_settled_as_somebodys_work(FaultName fault, string removed)
    {
        using var book = await _machine.StartAsync(_time);
        Assert.Equal("", (await book.ApplyAsync(fault, _time.GetUtcNow().AddDays(1))).Refused);

        _machine.Delete(removed);
        // Of a unit that is not there systemctl says nothing but an error.
        _machine.Script("systemctl", "echo 'Failed to get unit file state' >&2; exit 1");

        Assert.True(await book.UndoAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(FaultState.Repaired, (await book.StandsAsync()).State);
    }
}
