using Sandbox.Evidence.Policies;

namespace Sandbox.Server.Assessment;

/// <summary>Judging of what devices say.</summary>
internal static class AssessmentSetup
{
    /// <summary>Adds what judges, the note of the policy that it judges by, and the daily summary.</summary>
    public static IServiceCollection AddAssessment(this IServiceCollection services, SilentAfter silence, Policy policy) =>
        services.AddSingleton(silence).AddSingleton(policy).AddHostedService<PolicyNote>().AddSingleton<DailyBook>().AddHostedService<DailyClock>();
}
