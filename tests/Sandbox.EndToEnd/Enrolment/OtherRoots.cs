using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Enrolment;

/// <summary>A device is one system: its agent is not run with the files of another by mistake, and what is said to be typed names them.</summary>
public sealed class OtherRoots : LabTest
{
    [Fact]
    public async Task After_a_stop_the_device_is_run_with_the_same_files_or_not_at_all()
    {
        var agent = Lab.AddAgent("bench");
        var enrolled = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        Assert.Contains($"Now run: {agent.Program} run --data {agent.Data}\n", enrolled, StringComparison.Ordinal);
        Assert.Contains("run it with --root DIR; without that it reports this machine", enrolled, StringComparison.Ordinal);
        agent.Start();
        await Patience.UntilAsync("it reports", TimeSpan.FromSeconds(60), () => Lab.Count("select count(*) from Reports") > 0, Ct);
        await agent.Process.StopAsync();

        Assert.Contains("Told to stop", agent.Process.Log, StringComparison.Ordinal);
        var again = $"{agent.Program} run --data {agent.Data} --root {agent.Files.Root}";
        Assert.Contains($"does not run. Type: {again}", (await agent.CommandAsync(Ct, "status")).Output, StringComparison.Ordinal);
        var refused = await agent.CommandAsync(Ct, "run");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"To go on as before, type: {again}", refused.Output, StringComparison.Ordinal);
    }
}
