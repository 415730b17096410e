using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Sandbox.Server.Dashboard.Access;
using Sandbox.Server.Dashboard.Acts;
using Sandbox.Server.Dashboard.Assets;
using Sandbox.Server.Dashboard.OneDevice;
using Sandbox.Server.Dashboard.Bandwidth;
using Sandbox.Server.Dashboard.Competencies;
using Sandbox.Server.Dashboard.Demands;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Everybody;
using Sandbox.Server.Dashboard.Exports;
using Sandbox.Server.Dashboard.Joining;
using Sandbox.Server.Dashboard.Lab;
using Sandbox.Server.Dashboard.Programs;
using Sandbox.Server.Dashboard.Proofs;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Dashboard.Events;
using Sandbox.Server.Dashboard.Tasks;
using Sandbox.Server.Dashboard.TheLog;

namespace Sandbox.Server.Dashboard;

/// <summary>The pages. They read the store, the findings and the live feed, and ask the devices' and people's services for what is decided.</summary>
internal static class DashboardSetup
{
    /// <summary>Rendering on the server and the readers of the pages.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<DeviceQuery>().AddScoped<DeviceLists>().AddScoped<EarlierReader>().AddScoped<DeviceReader>().AddScoped<WordReader>().AddScoped<DeviceDecisions>().AddScoped<SoftwareReader>();
        services.AddScoped<ActsReader>().AddScoped<TrafficReader>().AddSingleton<TrafficStreams>();
        services.AddScoped<LabReader>().AddScoped<Needs>().AddScoped<RefusalQuery>();
        services.AddScoped<CodeQuery>().AddScoped<CodeReader>().AddScoped<CodeDesk>().AddScoped<PeopleReader>().AddScoped<LogReader>().AddHostedService<LogWatch>();
        services.AddScoped<LogProofs>().AddScoped<EvidenceQuery>().AddScoped<EvidenceReader>().AddScoped<EvidenceProofs>();
        services.AddScoped<CompetencyReader>().AddScoped<LineReader>().AddScoped<DemandReader>().AddScoped<TaskReader>().AddScoped<SeedingReader>().AddScoped<ExportReader>();
        services.AddSingleton<LiveStreams>().AddSingleton<LiveAudience>();
        services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, AnswerWithPages);
        return services;
    }

    /// <summary>Maps all routes of the pages; goes after authentication and authorisation.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = StatusPages.ShowFaultAsync });
        app.UseStatusCodePages(StatusPages.ShowAsync);
        app.Use(TooLarge.AnswerAsync);
        app.UseAntiforgery();
        app.Use(ForgedForms.RefuseAsync);
        app.Use(AuditorLooks.NoteAsync);
        AssetRoutes.Map(app);
        AccessRoutes.Map(app);
        WelcomeRoutes.Map(app);
        LabRoutes.Map(app);
        DeviceRoutes.Map(app);
        JoiningRoutes.Map(app);
        PeopleRoutes.Map(app);
        LogPageRoutes.Map(app);
        EvidenceRoutes.Map(app);
        CompetencyRoutes.Map(app);
        PolicyRoutes.Map(app);
        TaskRoutes.Map(app);
        ExportRoutes.Map(app);
        TokenRoutes.Map(app);
        LiveRoutes.Map(app);
        TrafficRoutes.Map(app);
        return app;
    }

    // Browsers that open a page are sent to the door; scripts and event streams get the bare status.
    private static void AnswerWithPages(CookieAuthenticationOptions session)
    {
        session.Events.OnRedirectToAccessDenied = denied => StatusPages.ShowForbiddenAsync(denied.HttpContext);
        session.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Headers.ContainsKey("X-Live") || context.Request.Path.StartsWithSegments(LiveRoutes.Path))
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
    }
}
