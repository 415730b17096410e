using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Sandbox.Storage.Postgres;

/// <summary>Lets <c>dotnet ef</c> see the schema without a database: <c>dotnet ef migrations add NAME --project server/Sandbox.Storage.Postgres</c>.</summary>
internal sealed class SandboxDbAtDesignTime : IDesignTimeDbContextFactory<SandboxDb>
{
    /// <inheritdoc/>
    public SandboxDb CreateDbContext(string[] args)
    {
        var services = new ServiceCollection().AddPostgresStore(PostgresAddress.Parse("postgresql://design@localhost/design")).BuildServiceProvider();
        return services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();
    }
}
