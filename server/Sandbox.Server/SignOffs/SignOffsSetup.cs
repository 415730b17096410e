namespace Sandbox.Server.SignOffs;

/// <summary>Lines of the schedule: how far people are, what they enter, and what mentors decide.</summary>
internal static class SignOffsSetup
{
    /// <summary>Adds the books, one per scope.</summary>
    public static IServiceCollection AddSignOffs(this IServiceCollection services) => services.AddScoped<LineBook>().AddScoped<SignOffBook>().AddScoped<RecordBook>();
}
