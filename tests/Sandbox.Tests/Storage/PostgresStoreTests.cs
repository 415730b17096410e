using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.EndToEnd.Harness;
using Sandbox.Storage;
using Sandbox.Storage.Postgres;

namespace Sandbox.Tests.Storage;

public sealed class PostgresStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrations_say_what_the_model_says()
    {
        await using var services = Services(await SharedPostgres.NewDatabaseAsync());
        await using var db = Open(services);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Both_stores_have_the_same_tables()
    {
        await using var services = Services(await SharedPostgres.NewDatabaseAsync());
        await using var sqlite = await TemporaryStore.CreateAsync();
        await using var postgresDb = Open(services);
        await using var sqliteDb = sqlite.Open();

        var postgres = await postgresDb.Database.SqlQueryRaw<string>("SELECT tablename AS \"Value\" FROM pg_tables WHERE schemaname = 'public'").ToListAsync(Ct);
        var other = await sqliteDb.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsLock'").ToListAsync(Ct);

        Assert.Equal(other.Order(StringComparer.Ordinal), postgres.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var services = Services(await SharedPostgres.NewDatabaseAsync());

        await PostgresStore.MigrateAsync(services, Ct);

        await using var db = Open(services);
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(Ct));
    }

    [Fact]
    public async Task Servers_that_migrate_at_once_all_succeed()
    {
        var address = await SharedPostgres.EmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                await using var server = Services(address);
                await PostgresStore.MigrateAsync(server, Ct);
            }, Ct)));

        await using var services = Services(address);
        await using var db = Open(services);
        Assert.Equal(0, await db.Devices.CountAsync(Ct));
    }

    [Fact]
    public async Task A_database_that_another_server_prepares_for_too_long_is_named()
    {
        var address = await SharedPostgres.EmptyDatabaseAsync();
        await using var other = await PostgresMigration.LockAsync(address, TimeSpan.FromSeconds(20), Ct);

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => PostgresMigration.LockAsync(address, TimeSpan.Zero, Ct));

        Assert.Contains($"preparing the database {address.Database}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ended_while_it_prepared_blocks_nobody()
    {
        var address = await SharedPostgres.EmptyDatabaseAsync();
        await (await PostgresMigration.LockAsync(address, TimeSpan.Zero, Ct)).DisposeAsync();

        await using var next = await PostgresMigration.LockAsync(address, TimeSpan.FromSeconds(20), Ct);

        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_refused_in_words()
    {
        var address = await SharedPostgres.NewDatabaseAsync();
        await using var services = Services(address);
        await using (var db = Open(services))
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')", Ct);

        Assert.Contains("was made by a newer build (29990101000000_Later)", await RefusedAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_what_makes_it()
    {
        var cluster = await SharedPostgres.ClusterAsync();

        var words = await RefusedAsync(PostgresAddress.Parse(cluster.Address("nowhere")));

        Assert.Contains($"createdb -h {cluster.SocketFolder} -p {cluster.Port} -T template0 -E UTF8 -O sandbox nowhere", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_named_with_what_makes_it()
    {
        var cluster = await SharedPostgres.ClusterAsync();

        var words = await RefusedAsync(PostgresAddress.Parse(cluster.Address("postgres", "nobody_here")));

        Assert.Contains($"createuser -h {cluster.SocketFolder} -p {cluster.Port} -P nobody_here", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_is_asked_for_with_the_line_to_write()
    {
        var cluster = await SharedPostgres.ClusterAsync();

        var words = await RefusedAsync(PostgresAddress.Parse(cluster.AddressByPort("postgres") + "?passfile=/dev/null"));

        Assert.Contains($"wants a password of sandbox. Put it into ~/.pgpass (a line 127.0.0.1:{cluster.Port}:postgres:sandbox:PASSWORD", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_called_wrong()
    {
        var cluster = await SharedPostgres.ClusterAsync();

        var words = await RefusedAsync(PostgresAddress.Parse(cluster.AddressByPort("postgres") + $"?passfile={await PassFileAsync(cluster, "guessed")}"));

        Assert.Contains("does not take the password of sandbox", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_a_file_lets_the_server_in()
    {
        var cluster = await SharedPostgres.ClusterAsync();
        var database = (await SharedPostgres.EmptyDatabaseAsync()).Database;
        await using var services = Services(PostgresAddress.Parse(cluster.AddressByPort(database) + $"?passfile={await PassFileAsync(cluster, PostgresCluster.Password)}"));

        await PostgresStore.MigrateAsync(services, Ct);

        await using var db = Open(services);
        Assert.Equal(0, await db.Devices.CountAsync(Ct));
    }

    [Fact]
    public async Task A_role_without_rights_is_told_what_gives_them()
    {
        var cluster = await SharedPostgres.ClusterAsync();
        var database = (await SharedPostgres.EmptyDatabaseAsync()).Database;
        await cluster.SqlAsync("CREATE ROLE guest LOGIN", Ct, database);

        var words = await RefusedAsync(PostgresAddress.Parse(cluster.Address(database, "guest")));

        Assert.Contains($"ALTER DATABASE \"{database}\" OWNER TO \"guest\"", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_what_starts_it()
    {
        var words = await RefusedAsync(PostgresAddress.Parse("postgresql://sandbox@127.0.0.1:1/lab"));

        Assert.StartsWith("PostgreSQL does not answer on 127.0.0.1:1 ", words, StringComparison.Ordinal);
        Assert.Contains("sudo systemctl start postgresql", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_named() =>
        Assert.StartsWith("PostgreSQL does not answer on no-such-host.invalid:5432 ", await RefusedAsync(PostgresAddress.Parse("postgresql://lab@no-such-host.invalid/lab")), StringComparison.Ordinal);

    [Fact]
    public async Task A_socket_that_is_not_there_is_named_too() =>
        Assert.StartsWith("PostgreSQL does not answer on /nowhere ", await RefusedAsync(PostgresAddress.Parse("postgresql://sandbox@/lab?host=/nowhere")), StringComparison.Ordinal);

    [Fact]
    public async Task A_database_that_cannot_hold_every_text_is_refused()
    {
        var cluster = await SharedPostgres.ClusterAsync();
        await cluster.SqlAsync("CREATE DATABASE latin OWNER sandbox TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'", Ct);

        Assert.Contains("its encoding is not UTF8", await RefusedAsync(PostgresAddress.Parse(cluster.Address("latin"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT current_setting('synchronous_commit') AS \"Value\"", "on")]
    [InlineData("SELECT current_setting('idle_in_transaction_session_timeout') AS \"Value\"", "1min")]
    [InlineData("SELECT current_setting('is_superuser') AS \"Value\"", "off")]
    public async Task Every_connection_is_durable_and_holds_nothing_for_ever(string sql, string expected)
    {
        await using var services = Services(await SharedPostgres.NewDatabaseAsync());
        await using var db = Open(services);

        Assert.Equal(expected, await db.Database.SqlQueryRaw<string>(sql).SingleAsync(Ct));
    }

    private static ServiceProvider Services(PostgresAddress address) => new ServiceCollection().AddPostgresStore(address).BuildServiceProvider();

    private static SandboxDb Open(ServiceProvider services) => services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    private static async Task<string> RefusedAsync(PostgresAddress address)
    {
        await using var services = Services(address);
        return (await Assert.ThrowsAsync<StoreUnusableException>(() => PostgresStore.MigrateAsync(services, Ct))).Message;
    }

    private static async Task<string> PassFileAsync(PostgresCluster cluster, string password)
    {
        var path = Path.Combine(cluster.SocketFolder, $"{Guid.NewGuid():N}.pgpass");
        await File.WriteAllTextAsync(path, $"127.0.0.1:{cluster.Port}:*:sandbox:{password}\n", Ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
