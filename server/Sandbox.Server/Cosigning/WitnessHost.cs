using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sandbox.Ledger;
using Serilog;
using Serilog.Events;

namespace Sandbox.Server.Cosigning;

/// <summary>Puts a witness together. Plain HTTP: checkpoints and cosignatures are public and signed, so nobody in between can make up either.</summary>
internal static class WitnessHost
{
    private const int MostConnections = 100;
    private const int BurstOfCalls = 40;
    private const int CallsPerSecond = 10;

    /// <summary>Builds it without starting it.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="settings">Where it listens.</param>
    /// <param name="key">Its key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logTo">Where the log goes. Null: to standard output.</param>
    public static WebApplication Build(WitnessFolder folder, WitnessSettings settings, WitnessKey key, TimeProvider time, Action<LoggerConfiguration>? logTo = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(folder).AddSingleton(key).AddSingleton(time).AddSingleton<WitnessedLogs>().AddSingleton<CheckpointDesk>();
        builder.Services.AddSerilog(log => (logTo ?? ToConsole)(log.MinimumLevel.Override("Microsoft", LogEventLevel.Warning)), preserveStaticLogger: true);
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(Limit);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings.Port));
        var app = builder.Build();
        app.UseRouting();
        app.UseRateLimiter();
        WitnessRoutes.Map(app);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = AddCheckpoint.Largest;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.ListenAnyIP(port, web => web.Protocols = HttpProtocols.Http1);
    }

    // A log asks once a second at most; what comes faster wants to wear the disk out.
    private static void Limit(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(call => RateLimitPartition.GetTokenBucketLimiter(
            $"{call.Connection.RemoteIpAddress}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = BurstOfCalls,
                TokensPerPeriod = CallsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    }

    private static void ToConsole(LoggerConfiguration log) => log.WriteTo.Console(
        outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture);
}
