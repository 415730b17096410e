using Sandbox.EndToEnd.Harness;
using Sandbox.EndToEnd.Strangers;

namespace Sandbox.EndToEnd.Stores;

/// <summary>A backup beside the real server, a machine that is lost, and the lab on another one.</summary>
public sealed class BackupAndRestore : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // The agent waits up to a minute between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _elsewhere = new();

    private string Backup => _elsewhere.At("lab.backup");

    private string Folder => Path.Combine(Lab.Data, "server");

    private string[] Passphrase => ["--passphrase-file", _elsewhere.At("passphrase")];

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task The_agent_goes_on_where_it_was_and_nothing_is_lost_or_twice()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        agent.Files.SetMaxDays(77);
        await Patience.UntilAsync("77 days are stored", Soon, () => Lab.MaxDays == 77, Ct);
        await agent.Process.StopAsync();
        await Lab.GrowLogAsync(1, Ct);
        _ = (await Lab.CommandAsync(Ct, ["backup", Backup, .. await NewPassphraseAsync()])).Worked;

        await LoseMachineAsync();
        agent.Files.SetMaxDays(78);
        agent.Start();
        var said = (await Lab.CommandAsync(Ct, ["restore", Backup, .. Passphrase])).Worked;
        await Lab.StartServerAsync(Ct);

        Assert.Contains("devices: 1", said, StringComparison.Ordinal);
        await Patience.UntilAsync("78 days are stored", Retries, () => Lab.MaxDays == 78, Ct);
        Assert.Equal((0L, 0L), (Lab.LostOrTwice, Lab.Count("select count(*) from Gaps")));
        await Lab.GrowLogAsync(1, Ct);
        Assert.Contains("state: signed", (await Lab.CommandAsync(Ct, "log", "status")).Worked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_in_the_middle_there_is_no_half_backup_and_no_half_lab()
    {
        await Lab.GrowLogAsync(5000, Ct);
        string[] backup = ["backup", Backup, .. await NewPassphraseAsync()], restore = ["restore", Backup, .. Passphrase];

        await KillAtAsync(Path.Combine(Backup + ".sandbox-parts", "store", "sandbox.db"), backup);
        Assert.False(File.Exists(Backup));
        _ = (await Lab.CommandAsync(Ct, backup)).Worked;
        await LoseMachineAsync();
        await KillAtAsync(Path.Combine(Folder + ".restoring", "store", "sandbox.db"), restore);
        Assert.Empty(Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Except(["server.lock"]));

        _ = (await Lab.CommandAsync(Ct, restore)).Worked;
        Assert.Equal([Folder], Directory.GetFileSystemEntries(Lab.Data));
        Assert.Contains("The log is whole: 500", (await Lab.CommandAsync(Ct, "log", "verify")).Worked, StringComparison.Ordinal);
    }

    private async Task<string[]> NewPassphraseAsync()
    {
        await File.WriteAllTextAsync(Passphrase[1], "correct horse battery\n", Ct);
        return Passphrase;
    }

    // The server gets no time to say good-bye, and nothing of its folder is there any more.
    private async Task LoseMachineAsync()
    {
        await Lab.Server.KillAsync();
        Directory.Move(Folder, _elsewhere.At("lost"));
    }

    private async Task KillAtAsync(string file, string[] command)
    {
        await using var program = RunningProgram.Start(command[0], Programs.Server, [.. command, "--data", Lab.Data]);
        await Patience.UntilAsync($"{file} is there", Soon, () => program.HasExited || File.Exists(file), Ct);
        Assert.False(program.HasExited, program.Log);
        await program.KillAsync();
    }
}
