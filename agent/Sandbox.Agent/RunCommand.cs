using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sandbox.Agent.Identity;
using Serilog;
using Serilog.Events;

namespace Sandbox.Agent;

/// <summary><c>sandbox-agent run [--data DIR] [--root DIR] [--spool-limit MIB] [--proven-file FILE]</c>: watches and reports until SIGINT or SIGTERM.</summary>
internal static class RunCommand
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static Command Create()
    {
        var data = AgentOptions.Data();
        var root = new Option<string>("--root") { Description = "The folder that stands for /.", HelpName = "DIR", DefaultValueFactory = _ => "/" };
        var limit = new Option<int>("--spool-limit")
        {
            Description = "The most that reports may take while the server is away, 16 to 65536 MiB; above it the oldest go, and are reported as lost.",
            HelpName = "MIB",
            DefaultValueFactory = _ => 256,
        };
        var proven = new Option<string?>("--proven-file")
        {
            Description = "A file that is made once the server has welcomed this agent, or it has run for 5 minutes.",
            HelpName = "FILE",
        };
        var command = new Command("run", "Watches this machine and reports until it is told to stop.") { data, root, limit, proven };
        command.SetAction((parse, ct) => RunAsync(
            new AgentFolders(parse.GetValue(data)), parse.GetValue(root)!, Uplink.SpoolLimits.OfMebibytes(parse.GetValue(limit)), parse.GetValue(proven), ct));
        return command;
    }

    private static async Task<int> RunAsync(AgentFolders folders, string root, Uplink.SpoolLimits limits, string? proven, CancellationToken ct)
    {
        if (!Directory.Exists(root)) throw new SetupException($"{root} is no folder. --root names the folder that stands for /.");
        new Succession(folders, TimeProvider.System).Finish();
        using var identity = DeviceIdentity.Load(folders);
        using var spool = Uplink.Spool.Open(folders.Spool, limits);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture));
        builder.Services.AddAgent(folders, root, identity, spool);
        if (proven is not null) builder.Services.AddHostedService(all => ActivatorUtilities.CreateInstance<Uplink.ProvenFile>(all, Path.GetFullPath(proven)));

        using var host = builder.Build();
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await host.RunAsync(ct);
        // The host stops when one of its services fails, but says so only in the log.
        return services.Exists(s => s.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
