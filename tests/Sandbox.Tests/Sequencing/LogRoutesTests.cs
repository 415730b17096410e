using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary>The log over HTTP, for people without a sign-in.</summary>
public sealed class LogRoutesTests(LogRoutesTests.Fixture fixture) : IClassFixture<LogRoutesTests.Fixture>
{
    private const int Size = 300;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_checkpoint_is_signed_by_the_key_that_is_served_and_is_asked_for_anew_each_time()
    {
        using var checkpoint = await GetAsync("/log/checkpoint");
        using var key = await GetAsync("/log/key");

        var note = SignedNote.Parse(await checkpoint.Content.ReadAsByteArrayAsync(Ct));
        Assert.True(note.IsSignedBy(VerifierKey.Parse((await key.Content.ReadAsStringAsync(Ct)).TrimEnd('\n'))));
        Assert.Equal(Size, Checkpoint.Parse(note.Text).Size);
        Assert.Equal(("text/plain; charset=utf-8", "no-cache"), (checkpoint.Content.Headers.ContentType!.ToString(), checkpoint.Headers.CacheControl!.ToString()));
    }

    [Theory]
    [InlineData("0/000", 256)]
    [InlineData("0/001.p/44", 44)]
    [InlineData("0/001.p/7", 7)]
    [InlineData("1/000.p/1", 1)]
    public async Task A_tile_holds_its_hashes(string path, int width)
    {
        using var answer = await GetAsync($"/log/tile/{path}");

        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal((HttpStatusCode.OK, width * 32, "application/octet-stream"), (answer.StatusCode, bytes.Length, answer.Content.Headers.ContentType!.ToString()));
    }

    [Theory]
    [InlineData("000", 256)]
    [InlineData("001.p/44", 44)]
    [InlineData("001.p/1", 1)]
    public async Task A_bundle_holds_the_leaves_whose_hashes_the_tile_has(string path, int width)
    {
        using var bundle = await GetAsync($"/log/tile/entries/{path}");
        using var tile = await GetAsync($"/log/tile/0/{path}");

        var leaves = EntryBundle.Read(await bundle.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(width, leaves.Count);
        Assert.Equal(await tile.Content.ReadAsByteArrayAsync(Ct), leaves.SelectMany(leaf => MerkleHash.Leaf(leaf)));
        Assert.All(leaves, leaf => Assert.Equal(leaf, LogEntry.Parse(leaf).ToBytes()));
    }

    [Theory]
    [InlineData("/log/tile/0/000", "public, max-age=31536000, immutable")]
    [InlineData("/log/tile/entries/000", "public, max-age=31536000, immutable")]
    [InlineData("/log/tile/0/001.p/44", "public, max-age=86400")]
    public async Task What_never_changes_may_be_kept(string path, string cache)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(string.Join(',', cache.Split(", ").Order()), string.Join(',', answer.Headers.CacheControl!.ToString().Split(", ").Order()));
    }

    [Theory]
    [InlineData("/log/tile/0/001", HttpStatusCode.NotFound, "The log has not grown as far as tile/0/001.")]
    [InlineData("/log/tile/0/001.p/45", HttpStatusCode.NotFound, "The log has not grown as far as")]
    [InlineData("/log/tile/entries/001", HttpStatusCode.NotFound, "The log has not grown as far as")]
    [InlineData("/log/tile/5/x999/x999/x999/x999/x999/999", HttpStatusCode.NotFound, "The log has not grown as far as")]
    [InlineData("/log/tile/entries/x999/x999/x999/x999/x999/999", HttpStatusCode.NotFound, "The log has not grown as far as")]
    [InlineData("/log/tile/0/1", HttpStatusCode.BadRequest, "names no index")]
    [InlineData("/log/tile/9/000", HttpStatusCode.BadRequest, "names no level")]
    [InlineData("/log/tile/0/000.p/256", HttpStatusCode.BadRequest, "names a partial tile")]
    public async Task What_is_not_there_is_said_in_words(string path, HttpStatusCode status, string words)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(271)]
    public async Task An_entry_s_proof_is_a_file_that_needs_nothing_but_the_log_s_key(long index)
    {
        using var answer = await GetAsync($"/log/proof/{index}");
        using var bundle = await GetAsync($"/log/{new TilePath(null, index / Tile.Width, index < Tile.Width ? Tile.Width : Size % Tile.Width)}");

        var proof = TlogProof.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));
        var leaf = EntryBundle.Read(await bundle.Content.ReadAsByteArrayAsync(Ct))[(int)(index % Tile.Width)];
        Assert.Null(proof.FaultFor(leaf, fixture.Server.Keys.Log.Verifier));
        Assert.Equal($"{index}.tlog-proof", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("public, max-age=60", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task An_entry_that_no_checkpoint_holds_has_no_proof_yet()
    {
        using var answer = await GetAsync($"/log/proof/{Size}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal($"Entry {Size} does not stand under a checkpoint yet.\n", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("..%2Flog.key")]
    public async Task There_is_no_handover_of_a_key_that_did_not_end(string id)
    {
        using var answer = await GetAsync($"/log/handovers/{id}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_handover_of_a_key_that_ended_is_served()
    {
        using var old = LogKey.FromSeed("localhost/evidence", LogKey.NewSeed());
        var note = new Checkpoint("localhost/evidence", 7, MerkleHash.Leaf([1])).Sign(old);
        new Handovers(fixture.Server.Folder.Folders).Keep(old.Verifier, note);

        using var answer = await GetAsync($"/log/handovers/{old.Verifier.Id:x8}");

        Assert.Equal(note, await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/log")]
    [InlineData("/log/entries")]
    [InlineData("/log/checkpoint/more")]
    [InlineData("/log/tile")]
    public async Task Nothing_else_below_it_is_open(string path)
    {
        using var answer = await GetAsync(path);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task It_is_not_served_to_the_agents_port()
    {
        using var http = fixture.Server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{fixture.Server.AgentPort}/log/checkpoint") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Before_the_first_checkpoint_there_is_none()
    {
        await using var log = await LogBench.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(new CosignedCheckpoint(log.Newest)).AddSingleton(new Handovers(log.Folders)).AddSingleton(log.Keys).AddSingleton<ILogStore>(log.Store);
        await using var app = builder.Build();
        LogRoutes.Map(app);
        await app.StartAsync(Ct);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri($"{app.Urls.First()}/log/checkpoint"), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("There is no checkpoint yet: nothing was logged.\n", await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var http = fixture.Server.Http();
        return await http.GetAsync(new Uri($"https://localhost:{fixture.Server.WebPort}{path}"), Ct);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await RunningServer.StartAsync();
            await Server.InStoreAsync(async db =>
            {
                var missing = Size - db.LogEntries.Count();
                for (var i = 0; i < missing; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, Server.Time.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
                return await db.SaveChangesAsync();
            });
            var newest = Server.App.Services.GetRequiredService<NewestCheckpoint>();
            await Eventually.TrueAsync(() =>
            {
                Server.Time.Advance(TimeSpan.FromMilliseconds(500));
                return Task.FromResult(newest.Current?.Size == Size);
            });
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
