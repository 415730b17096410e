using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;
using Sandbox.Tests.Cosigning;
using Sandbox.Tests.Sequencing;

namespace Sandbox.Tests.Witness;

/// <summary>A log asks a real witness, and what its answers do.</summary>
public sealed class AskingWitnesses : IAsyncLifetime
{
    private readonly WitnessClient _client = new();
    private LogBench _log = null!;
    private RunningWitness _witness = null!;
    private CosignedCheckpoint _cosigned = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = await LogBench.CreateAsync();
        await GrowAsync(3);
        _cosigned = new CosignedCheckpoint(_log.Newest);
        _witness = await RunningWitness.StartAsync(_log.Keys.Verifier);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _witness.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task What_is_served_then_bears_both_lines()
    {
        var word = await AskAsync(0);

        Assert.Equal((3L, null), (word.Size, word.Why));
        var served = SignedNote.Parse(_cosigned.Current!.Note);
        Assert.True(served.IsSignedBy(_log.Keys.Verifier));
        Assert.Equal(_witness.Time.GetUtcNow(), _witness.Key.Verifier.Of(served)?.Time);
    }

    [Fact]
    public async Task A_newer_checkpoint_never_bears_the_line_of_an_older_one()
    {
        await AskAsync(0);

        await GrowAsync(2);

        Assert.Equal(_log.Newest.Current!.Note, _cosigned.Current!.Note);
    }

    [Fact]
    public async Task A_late_answer_for_an_older_checkpoint_is_not_served()
    {
        var older = _log.Newest.Current!;
        await GrowAsync(2);

        await Talk().AskAsync(Row(0), older, Ct);

        Assert.Equal(_log.Newest.Current!.Note, _cosigned.Current!.Note);
    }

    [Fact]
    public async Task It_takes_the_size_that_it_is_told()
    {
        await AskAsync(0);
        await GrowAsync(4);

        Assert.Equal((7L, null), Told(await AskAsync(0)));
    }

    [Fact]
    public async Task A_witness_that_lost_its_memory_is_asked_from_the_beginning() => Assert.Equal((3L, null), Told(await AskAsync(2)));

    [Fact]
    public async Task What_it_said_before_this_server_started_still_holds()
    {
        var line = (await AskAsync(0)).Line!.ToString();
        _cosigned = new CosignedCheckpoint(_log.Newest);
        var row = Row(3);
        (row.Cosignature, row.Url) = (line, "http://127.0.0.1:1");

        var word = await Talk().AskAsync(row, _log.Newest.Current!, Ct);

        Assert.StartsWith("it does not answer: ", word.Why, StringComparison.Ordinal);
        Assert.NotNull(_witness.Key.Verifier.Of(SignedNote.Parse(_cosigned.Current!.Note)));
    }

    [Fact]
    public async Task One_that_does_not_know_the_log_says_what_to_type_there()
    {
        _witness.Logs.Forget(LogBench.Origin);

        Assert.Contains("it answers 404: The log lab.example/evidence is not witnessed here.", (await AskAsync(0)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cosignature_of_another_key_is_none()
    {
        using var other = WitnessKey.FromSeed("auditor.example/witness", LogKey.NewSeed());
        var row = Row(0);
        row.VerifierKey = other.Verifier.ToString();

        var word = await Talk().AskAsync(row, _log.Newest.Current!, Ct);

        Assert.Contains("without a valid cosignature of its key", word.Why, StringComparison.Ordinal);
        Assert.Equal(_log.Newest.Current!.Note, _cosigned.Current!.Note);
    }

    [Fact]
    public async Task A_database_that_was_put_back_is_found_by_the_witness_and_the_log_is_halted()
    {
        var copy = _log.CopyDatabase();
        await GrowAsync(4);
        await AskAsync(0);
        _log.PutBack(copy);
        _log.Restart();
        _cosigned = new CosignedCheckpoint(_log.Newest);
        await _log.RunAsync();

        var word = await AskAsync(3);

        Assert.Equal("it showed a checkpoint of 7 entries that this log's own key signed, but the log has only 3", word.Why);
        Assert.StartsWith($"The witness auditor.example/witness ({_witness.Url}) showed a checkpoint of 7 entries", (await _log.HeadAsync()).HaltReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public async Task So_is_one_that_has_grown_again_as_far_or_farther(int again)
    {
        var copy = _log.CopyDatabase();
        await GrowAsync(4);
        await AskAsync(0);
        _log.PutBack(copy);
        _log.Restart();
        _cosigned = new CosignedCheckpoint(_log.Newest);
        await GrowAsync(again);

        await AskAsync(3);

        Assert.Contains("but this log's first 7 entries are others", (await _log.HeadAsync()).HaltReason, StringComparison.Ordinal);
        Assert.NotEmpty(_witness.Logs.Find(LogBench.Origin)!.Against);
    }

    [Fact]
    public async Task A_witness_that_lies_about_the_size_halts_nothing()
    {
        await using var liar = await RunningWitness.StartAsync(_log.Keys.Verifier);
        using var forger = LogKey.FromSeed(LogBench.Origin, LogKey.NewSeed());
        liar.Logs.Find(LogBench.Origin)!.Keep(SignedNote.Sign(new Checkpoint(LogBench.Origin, 50, MerkleHash.Leaf([1])).Text, forger));
        var row = Row(3);
        row.Url = liar.Url;

        var word = await Talk().AskAsync(row, _log.Newest.Current!, Ct);

        Assert.Contains("no key of this log has signed it: it is forged", word.Why, StringComparison.Ordinal);
        Assert.Null((await _log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task A_witness_that_answers_in_letters_that_nobody_knows_does_no_harm()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var odd = builder.Build();
        odd.MapPost("/add-checkpoint", context =>
        {
            context.Response.ContentType = "text/plain; charset=nonsense";
            return context.Response.WriteAsync("— x", Ct);
        });
        await odd.StartAsync(Ct);
        var row = Row(0);
        row.Url = odd.Urls.First();

        Assert.Contains("without a valid cosignature", (await Talk().AskAsync(row, _log.Newest.Current!, Ct)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_tile_is_said_and_nothing_is_sent()
    {
        await AskAsync(0);
        await GrowAsync(2);
        await using (var db = _log.Files.Open()) await db.LogTiles.ExecuteDeleteAsync(Ct);

        Assert.StartsWith("it was not asked: ", (await AskAsync(3)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_is_damaged_in_the_database_is_said_and_nothing_is_sent() =>
        Assert.StartsWith("it was not asked: A signed note ", (await Talk().AskAsync(Row(3), new PublishedCheckpoint(3, [1, 2]), Ct)).Why, StringComparison.Ordinal);

    private static (long Size, string? Why) Told(WitnessWord word) => (word.Size, word.Why);

    private async Task GrowAsync(int count)
    {
        await _log.AddAsync(count);
        await _log.RunAsync();
    }

    private WitnessTalk Talk() => new(_client, _log.Store, _log.Court, _log.Halt, _cosigned);

    private LogWitness Row(long size) => new() { Name = _witness.Key.Verifier.Name, Url = _witness.Url, VerifierKey = _witness.Key.Verifier.ToString(), Size = size };

    private Task<WitnessWord> AskAsync(long known) => Talk().AskAsync(Row(known), _log.Newest.Current!, Ct);
}
