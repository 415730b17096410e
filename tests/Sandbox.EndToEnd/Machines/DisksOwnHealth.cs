using System.Text.Json;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>What disks say of themselves: QEMU's answer both ATA's and NVMe's questions.</summary>
public sealed class DisksOwnHealth(InstalledMachine installed) : MachineTest(installed)
{
    [Fact]
    public async Task Root_is_told_and_the_service_says_what_it_may_not_ask_and_how_to()
    {
        using var looked = JsonDocument.Parse(await RootAsync("sandbox-agent collect --once --json"));
        var said = Health(looked.RootElement).ToDictionary(one => one.Name, one => one.Health);
        Assert.Equal(("ATA", true), (said["sda"].GetProperty("source").GetString(), said["sda"].GetProperty("passed").GetBoolean()));
        Assert.Equal(("NVME", true), (said["nvme0n1"].GetProperty("source").GetString(), said["nvme0n1"].GetProperty("passed").GetBoolean()));
        Assert.InRange(said["nvme0n1"].GetProperty("temperatureCelsius").GetInt32(), 1, 100);

        var storage = await Installed.KnowsAsync("its storage", Fact.StorageFieldNumber, fact => fact.Storage, Ct);
        Assert.DoesNotContain(storage.Devices, device => device.Health is not null);
        Assert.Contains(storage.Unseen, one => one.Why.Contains("SMART", StringComparison.Ordinal) && one.Remedy.Length > 0);
    }

    private static IEnumerable<(string Name, JsonElement Health)> Health(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Health),
        JsonValueKind.Object => element.TryGetProperty("health", out var health) && element.TryGetProperty("name", out var name)
            ? [(name.GetString()!, health)]
            : element.EnumerateObject().SelectMany(field => Health(field.Value)),
        _ => [],
    };
}
