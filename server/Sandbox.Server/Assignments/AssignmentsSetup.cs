namespace Sandbox.Server.Assignments;

/// <summary>Tasks that mentors give to apprentices.</summary>
internal static class AssignmentsSetup
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddAssignments(this IServiceCollection services) =>
        services.AddScoped<AssignmentMaterial>().AddScoped<AssignmentBook>().AddSingleton<AssignmentWatch>().AddHostedService(provider => provider.GetRequiredService<AssignmentWatch>());
}
