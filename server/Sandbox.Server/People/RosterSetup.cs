namespace Sandbox.Server.People;

/// <summary>People and their one-time links, without the web side: commands need them, too.</summary>
internal static class RosterSetup
{
    /// <summary>Adds them, one per scope.</summary>
    public static IServiceCollection AddRoster(this IServiceCollection services) =>
        services.AddScoped<Roster>().AddScoped<Invitations>().AddScoped<FirstAdmin>().AddScoped<HolderBook>();
}
