namespace Sandbox.Server.Enrolment;

/// <summary>How machines become known devices.</summary>
internal static class EnrolmentSetup
{
    /// <summary>Adds redeeming and renewal.</summary>
    public static IServiceCollection AddEnrolment(this IServiceCollection services) => services;

    /// <summary>Maps the gRPC service; the interceptor guards it, not the sign-in of people.</summary>
    public static WebApplication MapEnrolment(this WebApplication app) => app;
}
