using System.Diagnostics;
using Sandbox.EndToEnd.Harness;
using Sandbox.Storage.Devices;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>An agent's data folder that was copied to another machine, and one that was not.</summary>
public sealed class ClonedFolders : LabTest
{
    private const string TwoPlaces = "identity is in two places";
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Two_machines_with_one_folder_are_shut_out_named_and_split_without_losing_the_right_one()
    {
        var (right, copy) = await TwoAsync();

        await Patience.UntilAsync("Both machines are told", Patient, () => Told(right) && Told(copy), Ct);
        var proof = (await Lab.CommandAsync(Ct, "devices", "list")).Worked;
        Assert.Contains("right-machine", proof, StringComparison.Ordinal);
        Assert.Contains("copied-machine", proof, StringComparison.Ordinal);
        right.Files.SetMaxDays(90);

        var codes = JoinCodesIn((await Lab.CommandAsync(Ct, "devices", "split", "seven")).Worked);
        await AgainAsync(right, codes[0]);
        await AgainAsync(copy, codes[1]);

        await Patience.UntilAsync("Both report again", Patient, async () => (await StoredLab.ReadAsync(Lab, Ct)) is { Devices.Count: 2 } stored && stored.Devices.All(
            device => device.State == DeviceState.Active && stored.FactOf(device.Id, Protocol.Fact.KindOneofCase.PasswordPolicy) is not null), Ct);
        var split = await StoredLab.ReadAsync(Lab, Ct);
        Assert.Equal(right.DeviceId, split.Devices.Single(x => x.Name == "seven").Id.ToString());
        Assert.NotEqual(right.DeviceId, copy.DeviceId);
    }

    [Fact]
    public async Task One_machine_that_only_changes_its_address_is_never_taken_for_two()
    {
        var agent = await Lab.RunAgentAsync("laptop", Ct);
        await StoredAsync(99999);

        for (var place = 1; place <= 6; place++)
        {
            await using var line = new BadLine(Lab.AgentPort, [], $"127.0.0.{place + 1}");
            await agent.Process.StopAsync();
            _ = (await agent.CommandAsync(Ct, "move", $"localhost:{line.Port}")).Worked;
            agent.Start();
            agent.Files.SetMaxDays(100 + place);
            await StoredAsync(100 + place);
        }

        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Assert.Equal(DeviceState.Active, Assert.Single(stored.Devices).State);
        Wholeness.AssertNone(Wholeness.Faults(stored));
    }

    private async Task<(LabAgent Right, LabAgent Copy)> TwoAsync()
    {
        var (right, copy) = (Lab.AddAgent("seven"), Lab.AddAgent("copy"));
        Name(right, "right-machine", "11111111-1111-4111-8111-111111111111");
        Name(copy, "copied-machine", "22222222-2222-4222-8222-222222222222");
        _ = (await right.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        right.Start();
        await StoredAsync(99999);
        await right.Process.StopAsync();
        using (var cp = Process.Start("/bin/cp", ["-a", right.Data, copy.Data])) await cp.WaitForExitAsync(Ct);
        // On two machines / is the same name; these two are folders of one.
        File.Delete(Path.Combine(copy.Data, "agent", "root"));
        right.Start();
        copy.Start();
        return (right, copy);
    }

    private static void Name(LabAgent agent, string host, string boot)
    {
        agent.Files.Write("proc/sys/kernel/hostname", host + "\n");
        agent.Files.Write("proc/sys/kernel/random/boot_id", boot + "\n");
    }

    private static bool Told(LabAgent agent) => agent.Process.Log.Contains(TwoPlaces, StringComparison.Ordinal);

    private static async Task AgainAsync(LabAgent agent, string code)
    {
        await agent.Process.StopAsync();
        _ = (await agent.EnrolAsync(code, Ct)).Worked;
        agent.Start();
    }

    private static string[] JoinCodesIn(string text) => [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 60)];

    private Task StoredAsync(long days) => Patience.UntilAsync($"{days} days are stored", Patient, () => Lab.MaxDays == days, Ct);
}
