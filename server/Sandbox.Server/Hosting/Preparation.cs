using Sandbox.Server.People;

namespace Sandbox.Server.Hosting;

/// <summary>Brings the database to this build's schema and adds the roles and the first admin.</summary>
internal static class Preparation
{
    /// <summary>Does it; what is there stays as it is.</summary>
    public static async Task DatabaseAsync(IServiceProvider services, CancellationToken ct)
    {
        await ChosenStore.MigrateAsync(services, ct);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstAdmin>().SeedAsync(ct);
    }
}
