using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>An edit on a machine of an apprentice, all the way to an entry of the log that reaches back to the machine's key.</summary>
public sealed class FromEditToLog : LabTest
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_rule_that_is_put_right_in_login_defs_is_evidence_with_a_chain_to_the_machines_key()
    {
        var agent = await RunApprenticesAgentAsync(_ => { });
        await Patience.UntilAsync("The server knows how it was", Longest, () => Lab.MaxDays == 99999, Ct);

        agent.Files.SetMaxDays(90);

        var said = await StatementAsync("1.3");
        Assert.Equal(("policy.mended", "password.max_age_days", "watched", "E1"), (said.Act, said.Target, said.State, said.Grade));
        Assert.Equal(("new accounts never have to; expected: new accounts must change it every 1 to 180 days", "every 90 days"), (said.Before, said.After));
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
        Assert.Equal(Lab.Bytes("select \"PublicKey\" from \"Devices\""), said.Chain.PublicKey.ToByteArray());
        await AnAuditorProvesItAtHomeAsync();
    }

    [Fact]
    public async Task An_account_whose_age_is_put_right_with_chage_is_evidence_for_the_monitoring_of_policies()
    {
        var agent = await RunApprenticesAgentAsync(files => files.SetPasswordDays(99999));
        await Patience.UntilAsync("The server knows how it was", Longest, () => Lab.Count("select count(*) from \"Findings\" where \"Subject\" = 'elif' and \"Verdict\" = 2") == 1, Ct);

        agent.Files.SetPasswordDays(90);

        var said = await StatementAsync("7.1");
        Assert.Equal(("account.mended", "password.max_age_days of elif", "watched"), (said.Act, said.Target, said.State));
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    // The bundle goes home, and nothing of the server with it but the key on paper.
    private async Task AnAuditorProvesItAtHomeAsync()
    {
        using var home = new TemporaryFolder();
        _ = await Lab.AnswerAsync(Ct, "evidence", "export", home.At("ada.zip"), "--person", "ada");
        var key = (await Lab.AnswerAsync(Ct, "log", "status")).Split('\n').Single(line => line.StartsWith("key: ", StringComparison.Ordinal))["key: ".Length..];

        await using var program = RunningProgram.Start("sandbox-verify", "env", [$"XDG_STATE_HOME={home.At("state")}", Programs.Verify, home.At("ada.zip"), "--key", key.Trim()]);
        var verified = new Outcome(await program.WaitForExitAsync(Ct), program.Log);

        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Matches("[1-9][0-9]* statements? of evidence rest on what a device signed itself; on its connection alone: 0", verified.Output);
    }

    private async Task<LabAgent> RunApprenticesAgentAsync(Action<MachineFiles> prepare)
    {
        _ = await Lab.AnswerAsync(Ct, "people", "add", "ada", "--role", "apprentice");
        var agent = Lab.AddAgent("bench-seven");
        prepare(agent.Files);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct, "ada"), Ct)).Worked;
        agent.Start();
        return agent;
    }

    // The leaf has its place in the tree, too.
    private async Task<EvidenceStatement> StatementAsync(string line)
    {
        var of = $"from \"LogEntries\" where \"LeafIndex\" is not null and \"SubjectId\" in (select \"Id\" from \"Evidence\" where \"Line\" = '{line}')";
        await Patience.UntilAsync($"The log has evidence for line {line}", Longest, () => Lab.Count($"select count(*) {of}") > 0, Ct);
        return LogBody.Parser.ParseFrom(Lab.Bytes($"select \"Body\" {of} order by \"Id\"")).Evidence;
    }
}
