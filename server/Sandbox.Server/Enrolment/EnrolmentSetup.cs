namespace Sandbox.Server.Enrolment;

/// <summary>How machines become known devices.</summary>
internal static class EnrolmentSetup
{
    /// <summary>A request is a token, a key and a name: 16 KiB hold the largest RSA key many times.</summary>
    private const int LargestRequest = 16 * 1024;

    /// <summary>Adds redeeming and renewal.</summary>
    public static IServiceCollection AddEnrolment(this IServiceCollection services)
    {
        services.AddGrpc().AddServiceOptions<EnrolmentService>(grpc => grpc.MaxReceiveMessageSize = LargestRequest);
        return services.AddSingleton<Redeeming>().AddSingleton<Renewal>().AddSingleton<WrongCodes>().AddSingleton<Tries>();
    }

    /// <summary>Maps the gRPC service; the interceptor guards it, not the sign-in of people.</summary>
    public static WebApplication MapEnrolment(this WebApplication app)
    {
        app.MapGrpcService<EnrolmentService>().AllowAnonymous();
        return app;
    }
}
