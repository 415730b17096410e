using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;
using Sandbox.Tests.Cosigning;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Witness;

/// <summary><c>log witness add|list|remove</c> beside a running server, and that it asks those whom it is told of.</summary>
public sealed class NamedWitnesses : IAsyncLifetime
{
    private RunningServer _server = null!;
    private RunningWitness _witness = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _witness = await RunningWitness.StartAsync(_server.Keys.Log.Verifier);
    }

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_witness_that_is_added_cosigns_what_is_served()
    {
        await AddAsync();

        await UntilCosignedAsync();

        Assert.Contains($"witness: auditor.example/witness: {await SizeAsync()} entries, cosigned 2026-03-01 08:00Z", await Commands.DoneAsync(_server.Folder, "log", "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_asked_for_each_new_checkpoint()
    {
        await AddAsync();
        await UntilCosignedAsync();
        var before = await SizeAsync();
        await _server.InStoreAsync(async db =>
        {
            db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, _server.Time.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
            return await db.SaveChangesAsync(Ct);
        });

        await Eventually.TrueAsync(async () => await SizeAsync() == before + 1);
        await UntilCosignedAsync();
    }

    [Fact]
    public async Task It_is_asked_for_an_old_one_again_so_that_its_time_does_not_grow_old()
    {
        await AddAsync();
        await UntilCosignedAsync();
        var asked = (await RowAsync())!.AskedAt;

        _server.Time.Advance(WitnessRounds.Again);

        await Eventually.TrueAsync(async () => (await RowAsync())!.AskedAt >= asked + WitnessRounds.Again);
    }

    [Fact]
    public async Task One_that_is_down_delays_nothing_and_is_asked_again()
    {
        var url = _witness.Url;
        await _witness.StopAsync();
        await AddAsync(url);

        await Eventually.TrueAsync(async () => (await RowAsync())?.Trouble is not null);

        Assert.StartsWith("it does not answer: ", (await RowAsync())!.Trouble, StringComparison.Ordinal);
        Assert.True(await SizeAsync() > 0);
        var asked = (await RowAsync())!.AskedAt;
        await Eventually.TrueAsync(async () => (await RowAsync())!.AskedAt > asked);
        await _witness.RestartAsync();
    }

    [Fact]
    public async Task Adding_and_removing_stand_in_the_log()
    {
        await AddAsync();

        await Commands.DoneAsync(_server.Folder, "log", "witness", "remove", "auditor.example/witness");

        var said = await _server.InStoreAsync(db => db.LogEntries.Where(entry => entry.Kind == EntryKind.Witness).OrderBy(entry => entry.Id).Select(entry => entry.Body!).ToListAsync(Ct));
        Assert.Equal(
            [(_witness.Url, false), (_witness.Url, true)],
            said.Select(body => LogBody.Parser.ParseFrom(body).WitnessNamed).Select(named => (named.Url, named.Removed)));
        Assert.Null(await RowAsync());
    }

    [Fact]
    public async Task Added_twice_it_is_one()
    {
        await AddAsync();

        Assert.Contains("is asked there already; nothing changed", await AddAsync($"{_witness.Url}/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_does_not_take_the_place_of_a_name()
    {
        await AddAsync();
        using var other = WitnessKey.FromSeed("auditor.example/witness", LogKey.NewSeed());

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "log", "witness", "add", _witness.Url, other.Verifier.ToString());

        Assert.Equal(2, code);
        Assert.Contains("first type: sandbox-server log witness remove auditor.example/witness", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auditor.example:7445")]
    [InlineData("ftp://auditor.example")]
    [InlineData("http://auditor.example/?a=b")]
    [InlineData("http://me:secret@auditor.example")]
    public async Task What_is_no_address_is_refused(string url)
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "log", "witness", "add", url, _witness.Key.Verifier.ToString());

        Assert.Equal((2, $"'{url}' is no address of a witness: give one such as http://auditor.example:7445.\n"), (code, error));
    }

    [Fact]
    public async Task The_log_s_own_key_is_no_witness()
    {
        var seed = Convert.FromBase64String(await File.ReadAllTextAsync(_server.Folder.Folders.LogKey, Ct));
        using var same = WitnessKey.FromSeed("auditor.example/witness", seed);

        var (code, _, error) = await Commands.RunAsync(_server.Folder, "log", "witness", "add", _witness.Url, same.Verifier.ToString());

        Assert.Equal((2, "That is this log's own key: nobody is the witness of their own log.\n"), (code, error));
    }

    [Fact]
    public async Task Nobody_is_removed_who_is_not_there()
    {
        var (code, _, error) = await Commands.RunAsync(_server.Folder, "log", "witness", "remove", "nobody");

        Assert.Equal((2, "There is no witness nobody. See which there are with: sandbox-server log witness list\n"), (code, error));
    }

    [Fact]
    public async Task The_list_shows_the_last_word()
    {
        await AddAsync("http://127.0.0.1:1");
        await Eventually.TrueAsync(async () => (await RowAsync())?.Trouble is not null);

        Assert.Matches("auditor.example/witness\thttp://127.0.0.1:1\t0 entries; at .* it does not answer: ", await Commands.DoneAsync(_server.Folder, "log", "witness", "list"));
    }

    private Task<string> AddAsync(string? url = null) => Commands.DoneAsync(_server.Folder, "log", "witness", "add", url ?? _witness.Url, _witness.Key.Verifier.ToString());

    private Task<LogWitness?> RowAsync()
    {
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        return _server.InStoreAsync(db => db.LogWitnesses.AsNoTracking().SingleOrDefaultAsync(Ct));
    }

    private Task<long> SizeAsync()
    {
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(_server.App.Services.GetRequiredService<NewestCheckpoint>().Current?.Size ?? 0);
    }

    private async Task UntilCosignedAsync()
    {
        using var http = _server.Http();
        await Eventually.TrueAsync(async () =>
        {
            _server.Time.Advance(TimeSpan.FromSeconds(1));
            using var answer = await http.GetAsync(new Uri($"https://localhost:{_server.WebPort}/log/checkpoint"), Ct);
            return answer.StatusCode == HttpStatusCode.OK && _witness.Key.Verifier.Of(SignedNote.Parse(await answer.Content.ReadAsByteArrayAsync(Ct))) is not null;
        });
    }
}
