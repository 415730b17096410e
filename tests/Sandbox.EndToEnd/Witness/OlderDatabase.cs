using System.Text;
using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Strangers;
using Sandbox.Ledger;

namespace Sandbox.EndToEnd.Witness;

/// <summary>An older copy of the database is put back: a real agent that comes with a newer checkpoint finds it out.</summary>
public sealed class OlderDatabase : LabTest
{
    // The agent waits up to a minute between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_agents_hello_stops_the_signing_and_the_words_say_what_to_type()
    {
        await SetBackAsync();

        await HaltedAsync();

        var status = (await Lab.CommandAsync(Ct, "log", "status")).Worked;
        Assert.Matches("state: halted since .*: bench-seven .* showed a checkpoint of [0-9]+ entries that this log's own key signed, but the log has only [0-9]+\\.", status);
        Assert.Contains("put the newer database back; if it is lost, type: sandbox-server log renew --yes", status, StringComparison.Ordinal);
        var last = await Lab.CheckpointAsync(Ct);
        await Lab.WriteEntriesAsync(5, Ct);
        await Lab.Server.StopAsync();
        await Lab.StartServerAsync(Ct);
        await Patience.UntilAsync("The restarted server says why it does not sign", Retries, () => Lab.Server.Log.Contains("The evidence log is not signed", StringComparison.Ordinal), Ct);
        Assert.Equal(last!.Text, (await Lab.CheckpointAsync(Ct))!.Text);
    }

    [Fact, Nightly]
    public async Task Renewed_it_goes_on_under_a_new_name_and_the_agent_keeps_that_one()
    {
        var agent = await SetBackAsync();
        await HaltedAsync();
        await Lab.Server.StopAsync();

        var said = (await Lab.CommandAsync(Ct, "log", "renew", "--yes")).Worked;
        await Lab.StartServerAsync(Ct);

        await Lab.GrowLogAsync(1, Ct);
        Assert.Equal("localhost/evidence-2", (await Lab.CheckpointAsync(Ct))!.Origin);
        Assert.Contains(await Lab.VerifierKeyAsync(Ct), said, StringComparison.Ordinal);
        agent.Files.SetMaxDays(77);
        await Patience.UntilAsync("The agent keeps a checkpoint of the new name", Retries, () => Kept(agent)?.Origin == "localhost/evidence-2", Ct);
        _ = (await Lab.CommandAsync(Ct, "log", "verify")).Worked;
    }

    // An agent with a checkpoint, and a server on a copy of the database from before it.
    private async Task<LabAgent> SetBackAsync()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        await Patience.UntilAsync("The agent has reported", Retries, () => Lab.Reports > 0, Ct);
        await Lab.GrowLogAsync(3, Ct);
        var copy = await DataCopy.TakeAsync(Lab, Ct);
        await Lab.GrowLogAsync(20, Ct);
        var newest = (await Lab.CheckpointAsync(Ct))!.Size;
        var days = 30;
        await Patience.UntilAsync("The agent keeps the newest checkpoint", Retries, () =>
        {
            // Each acknowledgement may carry it: give it something to report.
            agent.Files.SetMaxDays(days++);
            return Kept(agent)?.Size >= newest;
        }, Ct);

        await copy.PutBackAsync(Ct);
        return agent;
    }

    private Task HaltedAsync() => Patience.UntilAsync("The log is halted", Retries,
        () => Lab.Server.Log.Contains("Nothing is signed in the evidence log any more: bench-seven", StringComparison.Ordinal), Ct);

    private static Checkpoint? Kept(LabAgent agent)
    {
        var file = Path.Combine(agent.Data, "agent", "checkpoint");
        return File.Exists(file) ? Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(File.ReadAllText(file))).Text) : null;
    }
}
