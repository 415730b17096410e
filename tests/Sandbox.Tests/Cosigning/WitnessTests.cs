using System.Net;
using System.Text;
using Sandbox.Ledger;
using Sandbox.Tests.Ledger;

namespace Sandbox.Tests.Cosigning;

/// <summary>What a witness cosigns, what it refuses, and what it holds against a log.</summary>
public sealed class WitnessTests : IDisposable
{
    private const string Origin = "lab.example/evidence";

    private readonly LogKey _log = LogKey.FromSeed(Origin, LogKey.NewSeed());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_log_that_has_grown_is_cosigned_with_the_time()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);

        var (status, body, _) = await AddAsync(witness, 5, 12);

        Assert.Equal(HttpStatusCode.OK, status);
        var note = new SignedNote((await CheckpointAsync(12)).Text, [NoteSignature.Parse(body.TrimEnd('\n'))]);
        Assert.Equal(witness.Time.GetUtcNow(), witness.Key.Verifier.Of(note)?.Time);
    }

    [Fact]
    public async Task The_same_checkpoint_is_cosigned_again_with_a_new_time()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);
        witness.Time.Advance(TimeSpan.FromHours(1));

        var (status, _, _) = await AddAsync(witness, 5, 5);

        Assert.Equal((HttpStatusCode.OK, witness.Time.GetUtcNow()), (status, witness.Key.Verifier.Of(witness.Logs.Find(Origin)!.Cosigned!)?.Time));
    }

    [Fact]
    public async Task What_was_cosigned_is_on_the_disk_and_stands_after_a_restart()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);

        await witness.RestartAsync();

        Assert.Equal((HttpStatusCode.Conflict, "5\n", "text/x.tlog.size"), await AddAsync(witness, 0, 12));
    }

    [Fact]
    public async Task The_last_one_is_served_with_the_log_s_line_and_the_witness_s()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);

        var note = SignedNote.Parse(Encoding.UTF8.GetBytes((await witness.GetAsync($"/checkpoint/{Origin}")).Body));

        Assert.Equal((2, true), (note.Signatures.Count, note.IsSignedBy(_log.Verifier)));
        Assert.NotNull(witness.Key.Verifier.Of(note));
    }

    [Fact]
    public async Task Lines_of_others_are_not_kept()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        using var other = LogKey.FromSeed("other.example/evidence", LogKey.NewSeed());

        var (status, _, _) = await witness.AddAsync(new AddCheckpoint(0, [], (await CheckpointAsync(5)).Sign(other, _log)).ToBytes());

        Assert.Equal((HttpStatusCode.OK, 2), (status, witness.Logs.Find(Origin)!.Cosigned!.Signatures.Count));
    }

    [Fact]
    public async Task A_log_that_nobody_named_is_unknown()
    {
        await using var witness = await RunningWitness.StartAsync();

        var (status, body, _) = await AddAsync(witness, 0, 5);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains($"The log {Origin} is not witnessed here. Its verifier key is added with: sandbox-server witness watch KEY", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_of_the_same_name_is_not_believed()
    {
        using var other = LogKey.FromSeed(Origin, LogKey.NewSeed());
        await using var witness = await RunningWitness.StartAsync(other.Verifier);

        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(witness, 0, 5)).Status);
    }

    [Fact]
    public async Task A_key_that_was_added_beside_the_running_witness_counts_at_once()
    {
        using var other = LogKey.FromSeed(Origin, LogKey.NewSeed());
        await using var witness = await RunningWitness.StartAsync(other.Verifier);
        witness.Logs.Watch(_log.Verifier);

        Assert.Equal(HttpStatusCode.OK, (await AddAsync(witness, 0, 5)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 3\n\nno note")]
    [InlineData("old x\n\n")]
    public async Task What_is_no_request_is_refused(string request)
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);

        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync(Encoding.UTF8.GetBytes(request))).Status);
    }

    [Fact]
    public async Task A_log_does_not_grow_from_more_than_it_has()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);

        Assert.Equal(HttpStatusCode.BadRequest, (await witness.AddAsync(new AddCheckpoint(6, [], (await CheckpointAsync(5)).Sign(_log)).ToBytes())).Status);
    }

    [Fact]
    public async Task What_is_larger_than_any_request_is_not_read()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await witness.AddAsync(new byte[AddCheckpoint.Largest + 1])).Status);
    }

    [Fact]
    public async Task Who_calls_without_end_is_told_to_wait()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++) answers.Add((await witness.GetAsync("/")).Status);

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task Two_histories_of_one_size_are_never_cosigned_and_both_notes_are_kept()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);
        var fork = new Checkpoint(Origin, 5, MerkleHash.Leaf([1]));

        var (status, body, _) = await witness.AddAsync(new AddCheckpoint(5, [], fork.Sign(_log)).ToBytes());

        Assert.Equal((HttpStatusCode.Conflict, "5\n"), (status, body));
        var against = Assert.Single(witness.Logs.Find(Origin)!.Against);
        Assert.Contains("signed two checkpoints of 5 entries with different roots: it has two histories.", against, StringComparison.Ordinal);
        var folder = against[(against.IndexOf("Both notes are in ", StringComparison.Ordinal) + 18)..];
        Assert.Equal(fork.Text, SignedNote.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "shown"), Ct)).Text);
        Assert.Equal((await CheckpointAsync(5)).Text, SignedNote.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "cosigned"), Ct)).Text);
        Assert.Contains(witness.Log, line => line.StartsWith("Fatal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_history_that_parted_before_is_not_cosigned()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);
        var fork = new Checkpoint(Origin, 12, MerkleHash.Leaf([1]));

        var (status, _, _) = await witness.AddAsync(new AddCheckpoint(5, await ProofAsync(5, 12), fork.Sign(_log)).ToBytes());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("signed a checkpoint of 12 entries, and nobody proved that it has grown from the 5", Assert.Single(witness.Logs.Find(Origin)!.Against), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_who_sends_a_true_checkpoint_with_a_false_proof_accuses_nobody_for_long()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);
        await witness.AddAsync(new AddCheckpoint(5, [], (await CheckpointAsync(12)).Sign(_log)).ToBytes());
        Assert.Single(witness.Logs.Find(Origin)!.Against);

        await AddAsync(witness, 5, 12);

        Assert.Empty(witness.Logs.Find(Origin)!.Against);
    }

    [Fact]
    public async Task A_log_that_went_back_is_held_against_it_until_it_grows_on()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 12);

        var answer = await AddAsync(witness, 0, 5);

        Assert.Equal((HttpStatusCode.Conflict, "12\n", "text/x.tlog.size"), answer);
        Assert.Contains("signed a checkpoint of 5 entries that was sent after 12 were cosigned", Assert.Single(witness.Logs.Find(Origin)!.Against), StringComparison.Ordinal);
        await AddAsync(witness, 12, 20);
        Assert.Empty(witness.Logs.Find(Origin)!.Against);
    }

    [Fact]
    public async Task Of_many_at_once_no_larger_one_is_ever_taken_back()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        var requests = await Task.WhenAll(Enumerable.Range(1, 20).Select(async size => new AddCheckpoint(0, [], (await CheckpointAsync(size)).Sign(_log)).ToBytes()));

        var answers = await Task.WhenAll(requests.Select(witness.AddAsync));

        var cosigned = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        var size = Checkpoint.Parse(witness.Logs.Find(Origin)!.Cosigned!.Text).Size;
        Assert.All(answers.Where(answer => answer != cosigned), answer => Assert.Equal((HttpStatusCode.Conflict, $"{size}\n"), (answer.Status, answer.Body)));
    }

    [Fact]
    public async Task A_damaged_memory_cosigns_nothing()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);
        var file = Directory.GetFiles(witness.Folder.Logs, "checkpoint", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "torn", Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, (await AddAsync(witness, 0, 12)).Status);
    }

    [Fact]
    public async Task Its_first_page_names_its_key_and_its_logs()
    {
        await using var witness = await RunningWitness.StartAsync(_log.Verifier);
        await CosignedAsync(witness, 5);

        Assert.Equal($"This is the witness {witness.Key.Verifier}\n{Origin}: 5 entries, cosigned 2026-03-01 08:00:00Z\n", (await witness.GetAsync("/")).Body);
    }

    private static async Task<Checkpoint> CheckpointAsync(long size) => new(Origin, size, (await GrownTree.OfAsync(size)).Root);

    private static async Task<IReadOnlyList<byte[]>> ProofAsync(long from, long to) => await (await GrownTree.OfAsync(to)).Reader().ConsistencyAsync(from, Ct);

    private async Task<(HttpStatusCode Status, string Body, string Type)> AddAsync(RunningWitness witness, long from, long to) =>
        await witness.AddAsync(new AddCheckpoint(from, await ProofAsync(from, to), (await CheckpointAsync(to)).Sign(_log)).ToBytes());

    private async Task CosignedAsync(RunningWitness witness, long size) => Assert.Equal(HttpStatusCode.OK, (await AddAsync(witness, 0, size)).Status);
}
