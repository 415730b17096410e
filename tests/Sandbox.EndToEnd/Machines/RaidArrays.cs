using Sandbox.Protocol;
using static Sandbox.Protocol.RaidArray.Types;

namespace Sandbox.EndToEnd.Machines;

/// <summary>Redundancy that is lost and comes back.</summary>
public sealed class RaidArrays(InstalledMachine installed) : MachineTest(installed)
{
    [Fact]
    public async Task An_array_that_lost_a_disk_is_degraded_until_it_has_another()
    {
        await RootAsync("mdadm --create /dev/md0 --run --level=1 --raid-devices=2 --metadata=1.2 --assume-clean /dev/nvme1n1 /dev/nvme2n1");
        Assert.Equal("raid1", (await ArrayAsync(State.Whole)).Level);

        await RootAsync("mdadm /dev/md0 --fail /dev/nvme2n1");
        await ArrayAsync(State.Degraded);

        await RootAsync("mdadm /dev/md0 --add /dev/nvme3n1");
        await ArrayAsync(State.Whole);
    }

    private Task<RaidArray> ArrayAsync(State state) =>
        Installed.KnowsAsync($"The array is {state}", Fact.StorageFieldNumber, fact => fact.Storage.Arrays.FirstOrDefault(array => array.Name == "md0" && array.State == state), Ct);
}
