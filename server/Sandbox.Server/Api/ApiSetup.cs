using Microsoft.AspNetCore.Authentication;
using Sandbox.Server.Hosting;
using Sandbox.Server.People;

namespace Sandbox.Server.Api;

/// <summary>The evidence log for programs: tokens, gRPC, JSON.</summary>
internal static class ApiSetup
{
    // A request says which entries, and lines of the schedule are few.
    private const int LargestRequest = 16 * 1024;

    /// <summary>Adds it; goes after the people, whose sessions these routes do not take.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddGrpc().AddServiceOptions<EvidenceService>(grpc => grpc.MaxReceiveMessageSize = LargestRequest);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policies.ReadByToken, policy => policy.AddAuthenticationSchemes(TokenScheme.Name).RequireAuthenticatedUser());
        return services.AddScoped<Tokens>().AddSingleton<TokenDoor>().AddSingleton<OpenReadings>().AddSingleton<EntryPages>().AddSingleton<EntryFeed>();
    }

    /// <summary>Opens it on the web port.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapGrpcService<EvidenceService>().RequireAuthorization(Policies.ReadByToken).WithMetadata(new OnWebPort());
        ApiRoutes.Map(app);
        return app;
    }
}
