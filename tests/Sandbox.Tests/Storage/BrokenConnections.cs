using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sandbox.Storage;
using Sandbox.Storage.Postgres;

namespace Sandbox.Tests.Storage;

/// <summary>What Npgsql throws when PostgreSQL goes away in the middle of an answer.</summary>
public sealed class BrokenConnections
{
    [Fact]
    public void A_null_reference_of_Npgsqls_own_is_a_broken_connection_and_one_of_ours_is_a_bug()
    {
        Assert.IsType<NullReferenceException>(BrokenConnection.Of(Null("Npgsql"))!.InnerException);
        Assert.Null(BrokenConnection.Of(Null("Sandbox.Server")));
        Assert.Null(BrokenConnection.Of(new InvalidOperationException()));
        var known = new NpgsqlException("gone");
        Assert.Same(known, BrokenConnection.Of(known));
    }

    [Fact]
    public async Task Queries_end_in_a_fault_of_the_database_that_callers_wait_for()
    {
        await using var source = NpgsqlDataSource.Create("Host=/nowhere");
        var options = new DbContextOptionsBuilder<SandboxDb>();
        PostgresStore.Configure(options, source);
        await using var services = Identity();
        await using var db = new SandboxDb(options.UseApplicationServiceProvider(services).Options);
        var strategy = db.Database.CreateExecutionStrategy();

        Assert.Throws<NpgsqlException>(() => strategy.Execute(() => Break("Npgsql")));
        await Assert.ThrowsAsync<NpgsqlException>(() => strategy.ExecuteAsync(() => Task.FromException(Null("Npgsql"))));
        Assert.Throws<NullReferenceException>(() => strategy.Execute(() => Break("Sandbox.Server")));
    }

    // The runtime alone makes them.
    private static NullReferenceException Null(string source)
    {
        string? nothing = null;
        var fault = Assert.Throws<NullReferenceException>(() => nothing!.Length);
        fault.Source = source;
        return fault;
    }

    private static void Break(string source) => throw Null(source);

    private static ServiceProvider Identity()
    {
        var services = new ServiceCollection();
        SandboxDb.ChooseIdentityTables(services);
        return services.BuildServiceProvider();
    }
}
