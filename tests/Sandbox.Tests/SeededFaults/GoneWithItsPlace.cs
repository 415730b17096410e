using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What a fault was seeded in may be removed by somebody, and then nothing of the fault is there: the helper is done with it, and can be removed itself.</summary>
public sealed class GoneWithItsPlace : SeedTest
{
    public GoneWithItsPlace() => Machine.WithUfw();

    [Theory]
    [InlineData(FaultName.FirewallPortOpened, "usr/bin/ufw")]
    [InlineData(FaultName.AntivirusUpdatesStopped, "usr/lib/systemd/system/clamav-freshclam.service")]
    public async Task It_is_settled_as_somebodys_work(FaultName fault, string removed)
    {
        using var book = await Machine.StartAsync(Time);
        Assert.Equal("", (await book.ApplyAsync(fault, Time.GetUtcNow().AddDays(1))).Refused);

        Machine.Delete(removed);
        // Of a unit that is not there systemctl says nothing but an error.
        Machine.Script("systemctl", "echo 'Failed to get unit file state' >&2; exit 1");

        Assert.True(await book.UndoAllAsync(Ct));
        Assert.Equal(FaultState.Repaired, (await book.StandsAsync()).State);
    }
}
