using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Sandbox.Storage.Sqlite;

/// <summary>Lets <c>dotnet ef</c> see the schema without starting the server: <c>dotnet ef migrations add NAME --project server/Sandbox.Storage.Sqlite</c>.</summary>
internal sealed class SandboxDbAtDesignTime : IDesignTimeDbContextFactory<SandboxDb>
{
    /// <inheritdoc/>
    public SandboxDb CreateDbContext(string[] args)
    {
        var services = new ServiceCollection().AddSqliteStore("design-time.db").BuildServiceProvider();
        return services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();
    }
}
