using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sandbox.Server.Api;
using Sandbox.Server.Assessment;
using Sandbox.Server.Assignments;
using Sandbox.Server.Compliance;
using Sandbox.Server.Dashboard;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Devices;
using Sandbox.Server.Enrolment;
using Sandbox.Server.Export;
using Sandbox.Server.Faults;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;
using Sandbox.Server.Packages;
using Sandbox.Server.People;
using Sandbox.Server.Pki;
using Sandbox.Server.Retention;
using Sandbox.Server.Sequencing;
using Sandbox.Server.SignOffs;
using Sandbox.Server.Witness;
using Serilog;
using Serilog.Events;

namespace Sandbox.Server.Hosting;

/// <summary>Puts the server together. The one place that names every feature.</summary>
internal static class Composition
{
    /// <summary>How long open streams and pages may take to end when the server stops.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(4);

    /// <summary>Builds the server without starting it.</summary>
    /// <param name="folders">Where its files are.</param>
    /// <param name="settings">Host, ports and store.</param>
    /// <param name="keys">The CA's key and the log's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logTo">Where the log goes. Null: to standard output.</param>
    /// <param name="last">The last word on the services: for the benchmark, which measures what the server costs without its store. Null: none, as in the product.</param>
    public static WebApplication Build(
        ServerFolders folders, ServerSettings settings, Keys keys, TimeProvider time, Action<LoggerConfiguration>? logTo = null, Action<IServiceCollection>? last = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(folders).AddSingleton(settings).AddSingleton(keys.Authority).AddSingleton(keys.Log).AddSingleton(time);
        builder.Services.AddSingleton(new LogVerifiers([.. keys.Log.Signing.Select(key => key.Verifier)]));
        builder.Services.AddSerilog(log => (logTo ?? Console)(Levels(log)), preserveStaticLogger: true);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        builder.Services.AddAssessment(new SilentAfter(settings.SilentAfter), PolicyInUse.Of(folders, settings));
        builder.Services.AddSingleton(new Ingest.Heartbeat(settings.Heartbeat));
        AddFeatures(builder.Services.AddStore(folders, settings));
        last?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddLive();
        services.AddSingleton<Addresses>().AddSingleton<ServerCertificate>().AddSingleton<DeviceCertificates>().AddSingleton<Tls>();
        services.AddDevices().AddEnrolment().AddIngest().AddSequencing().AddWitness().AddRoster().AddRetention().AddPeople().AddSignOffs().AddAssignments().AddFaults().AddExport().AddApi().AddPackages().AddDashboard();
    }

    private static void Map(WebApplication app)
    {
        app.UseRouting();
        app.UsePortGate();
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenRoutes();
        app.MapEnrolment();
        app.MapIngest();
        app.MapSequencing();
        app.MapPackages();
        app.MapApi();
        app.MapExport();
        app.MapDashboard();
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        var tls = kestrel.ApplicationServices.GetRequiredService<Tls>();
        var settings = kestrel.ApplicationServices.GetRequiredService<ServerSettings>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.ListenAnyIP(settings.WebPort, web =>
        {
            Port.Mark(web, Port.Web);
            web.Protocols = HttpProtocols.Http1AndHttp2;
            web.UseHttps(tls.Web());
        });
        kestrel.ListenAnyIP(settings.AgentPort, agent =>
        {
            Port.Mark(agent, Port.Agent);
            agent.Protocols = HttpProtocols.Http2;
            agent.UseHttps(tls.Agent());
        });
    }

    // What is asked of the server is no news; what goes wrong is. A probe that speaks HTTP/1 to the agents' port is neither: a port scan would fill the log.
    private static LoggerConfiguration Levels(LoggerConfiguration log) => log
        .Filter.ByExcluding(line => line.MessageTemplate.Text.StartsWith("HTTP/2 over TLS was not negotiated", StringComparison.Ordinal))
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .MinimumLevel.Override("Grpc", LogEventLevel.Warning);

    private static void Console(LoggerConfiguration log) => log.WriteTo.Console(
        outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture);
}
