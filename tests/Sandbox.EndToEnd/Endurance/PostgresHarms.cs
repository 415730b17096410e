using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>What happens to PostgreSQL happens beside the server, which goes on: its disk is full, or it is killed while reports flow.</summary>
[Nightly]
public sealed class PostgresHarms : LabTest
{
    private const int Kills = 4;
    private const int EditsPerGuest = 11;

    // An empty cluster takes some 60 MB.
    private const int Megabytes = 160;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // The agent waits up to a minute, give or take a quarter, between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-pg-disk-").FullName;
    private SmallDisk? _disk;
    private string _why = "";
    private PostgresCluster? _postgres;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            _disk?.Empty();
            await base.DisposeAsync();
        }
        finally
        {
            if (_postgres is not null) await _postgres.DisposeAsync();
            _disk?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_full_disk_of_postgresql_is_named_and_everything_is_taken_once_there_is_room()
    {
        Assert.SkipWhen(_disk is null, _why);
        var ada = await Apprentice.JoinAsync(Lab, Ct);
        var agents = await ada.RunAgentsAsync(Ct, "bench-seven");
        var agent = agents[0];
        await ada.KnownAsync(Soon, Ct);

        _disk!.Fill();
        using (var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct))
        {
            var edits = Edits.MakeAsync(agent.Files, EditsPerGuest, _ => true, enough.Token);
            await Patience.UntilAsync("The agent is told", Soon, () => agent.Process.Log.Contains("cannot store reports", StringComparison.Ordinal), Ct);
            await enough.CancelAsync();
            await edits;
        }
        Assert.Contains("could not be stored; their agents keep them and try again", Lab.Server.Log, StringComparison.Ordinal);
        Assert.Contains("No space left on device", Lab.Server.Log, StringComparison.Ordinal);
        Assert.False(Lab.Server.HasExited);
        _disk.Empty();

        await WholeAsync(agents);
    }

    [Fact]
    public async Task Postgresql_killed_again_and_again_while_reports_and_evidence_flow_loses_nothing()
    {
        var chance = new Chance(Chance.Seed());
        var ada = await Apprentice.JoinAsync(Lab, Ct);
        var agents = await ada.RunAgentsAsync(Ct, "one", "two");
        await ada.KnownAsync(Soon, Ct);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = agents.Select(agent => Edits.MakeAsync(agent.Files, EditsPerGuest, _ => true, enough.Token)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            await chance.WaitAsync(1000, 4000, Ct);
            await _postgres!.KillServerAsync();
            await chance.WaitAsync(0, 1000, Ct);
            await _postgres.StartServerAsync(Ct);
            // A kill that hits nobody would be none.
            var stored = Lab.Reports;
            await Patience.UntilAsync("Reports flow again", Retries, () => Lab.Reports > stored + 5, Ct);
        }
        await enough.CancelAsync();
        await Task.WhenAll(edits);

        Assert.False(Lab.Server.HasExited);
        await WholeAsync(agents);
    }

    private protected override async Task<string?> StoreAsync()
    {
        _disk = SmallDisk.Mount(_folder, Megabytes, out _why);
        _postgres = await PostgresCluster.StartAsync(Ct, folder: _disk is null ? null : _folder);
        return await _postgres.CreateDatabaseAsync(Ct);
    }

    private async Task WholeAsync(IReadOnlyList<LabAgent> agents)
    {
        foreach (var agent in agents) Calm.Put(agent.Files);
        await Calm.ArrivesAsync(Lab, Retries, Ct);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Assert.NotEmpty(stored.Evidence);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(agents.Count, stored.Epochs.Count);
        Wholeness.AssertNone(await Unkilled.FaultsAsync(Lab, stored, Ct));
    }
}
