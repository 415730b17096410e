using Microsoft.Data.Sqlite;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory.Rpm;
using Sandbox.Agent.Inventory.Sqlite;
using Sandbox.Protocol;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Databases of rpm and dnf that somebody writes while they are read.</summary>
public sealed class WrittenMeanwhile : IDisposable
{
    private const string History = "var/lib/dnf/history.sqlite";
    private const string Changed = "changed while it was read";
    private readonly RpmMachine _machine = new();
    private readonly List<Unseen> _unseen = [];
    private int _writes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RootFolder Root => new(_machine.Files.Root);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_always_changed_is_not_reported_as_whole()
    {
        var packages = await ReadAsync((path, ct) => Writing(new SqliteHeaders(path, ct), path));

        Assert.Equal(("bash", 3), (packages.Single().Name, _writes));
        Assert.Equal([Why.Of(RpmMachine.Database, Changed)], _unseen);
    }

    [Fact]
    public async Task What_changed_once_is_read_again_and_whole()
    {
        var packages = await ReadAsync((path, ct) => _writes == 0 ? Writing(new SqliteHeaders(path, ct), path) : new SqliteHeaders(path, ct));

        Assert.Single(packages);
        Assert.Empty(_unseen);
    }

    [Fact]
    public async Task A_torn_reading_is_not_told_when_time_is_up()
    {
        using var budget = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(
            (path, ct) =>
            {
                budget.Cancel();
                return Writing(new SqliteHeaders(path, CancellationToken.None), path);
            },
            budget.Token).AsTask());

        Assert.Empty(_unseen);
    }

    [Fact]
    public async Task An_opening_that_fails_is_tried_again()
    {
        var tries = 0;

        var packages = await ReadAsync((path, ct) => tries++ == 0 ? throw new IOException("damaged: 9 pages in place of 8") : new SqliteHeaders(path, ct));

        Assert.Single(packages);
        Assert.Empty(_unseen);
    }

    [Fact]
    public async Task An_opening_that_fails_since_somebody_writes_is_no_damage()
    {
        await ReadAsync((path, _) =>
        {
            Write(path);
            throw new IOException("damaged: 9 pages in place of 8");
        });

        Assert.Equal([Why.Of(RpmMachine.Database, Changed)], _unseen);
    }

    [Fact]
    public async Task An_opening_that_fails_by_itself_is_damage()
    {
        await ReadAsync((_, _) => throw new IOException("damaged"));

        Assert.Contains("rpmdb --verifydb", _unseen.Single().Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_made_anew_in_the_place_of_the_one_that_is_read_is_noticed()
    {
        var packages = await ReadAsync((path, ct) =>
        {
            var headers = new SqliteHeaders(path, ct);
            if (_writes++ > 0) return headers;
            Databases.Sqlite(path + "+", [HeaderBytes.Of("zsh")]);
            File.Move(path + "+", path, overwrite: true);
            return headers;
        });

        Assert.Equal("zsh", packages.Single().Name);
        Assert.Empty(_unseen);
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void A_history_of_dnf_that_changed_is_read_again_and_told_only_when_whole(int writes)
    {
        MakeHistory();

        var notes = DnfHistory.Read(Root, path => Opened(path, writes), _unseen);

        Assert.Equal(writes < 3, notes is not null);
        Assert.Equal(writes < 3 ? [] : [Why.Of(History, Changed)], _unseen);
    }

    [Fact]
    public void A_history_of_dnf_is_left_when_time_is_up()
    {
        MakeHistory();

        Assert.Throws<OperationCanceledException>(() => DnfHistory.Read(Root, _unseen, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Slots_of_SUSEs_format_are_left_when_time_is_up()
    {
        _machine.Files.With("a", "");
        await File.WriteAllBytesAsync(_machine.Files.At("a"), Databases.Ndb([HeaderBytes.Of("bash")]), Ct);
        using var headers = new NdbHeaders(_machine.Files.At("a"), new CancellationToken(canceled: true));

        Assert.Throws<OperationCanceledException>(() => headers.Next());
    }

    private ValueTask<List<Package>> ReadAsync(Func<string, CancellationToken, IRpmHeaders> open, CancellationToken? until = null)
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [HeaderBytes.Of("bash")]);
        return RpmPackages.ReadAsync(Root, RpmMachine.Database, open, _unseen, until ?? Ct);
    }

    private IRpmHeaders Writing(IRpmHeaders headers, string path)
    {
        Write(path);
        return headers;
    }

    private SqliteFile Opened(string path, int writes)
    {
        var file = new SqliteFile(path, Ct);
        if (_writes < writes) Write(path);
        return file;
    }

    // Another time for each, however fast they follow each other.
    private void Write(string path) => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(++_writes));

    private void MakeHistory()
    {
        _machine.Files.WithFolder("var/lib/dnf");
        using var connection = new SqliteConnection($"Data Source={_machine.Files.At(History)};Pooling=False");
        connection.Open();
        Databases.Run(connection, "CREATE TABLE trans (id INTEGER PRIMARY KEY)");
    }
}
