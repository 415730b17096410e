namespace Sandbox.Server.Assessment;

/// <summary>The judgement of what devices report.</summary>
internal static class AssessmentSetup
{
    public static IServiceCollection AddAssessment(this IServiceCollection services) => services;
}
