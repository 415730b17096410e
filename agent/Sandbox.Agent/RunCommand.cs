using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sandbox.Agent.Faults;
using Sandbox.Agent.Identity;
using Serilog;
using Serilog.Events;

namespace Sandbox.Agent;

/// <summary><c>sandbox-agent run [--data DIR] [--root DIR] [--change-root] [--spool-limit MIB] [--proven-file FILE] [--fault-helper FILE]</c>: watches and reports until SIGINT or SIGTERM.</summary>
internal static partial class RunCommand
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static Command Create()
    {
        var data = AgentOptions.Data();
        var root = new Option<string>("--root") { Description = "The folder that stands for /.", HelpName = "DIR", DefaultValueFactory = _ => "/" };
        var change = new Option<bool>("--change-root")
        {
            Description = "Take another folder for / than the last time with this data folder: what was reported of the other is taken back.",
        };
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
        var helper = FaultsCommand.Helper();
        var command = new Command("run", "Watches this machine and reports until it is told to stop.") { data, root, change, limit, proven, helper };
        command.SetAction((parse, ct) => RunAsync(
            new AgentFolders(parse.GetValue(data)), (parse.GetValue(root)!, parse.GetValue(change)), Uplink.SpoolLimits.OfMebibytes(parse.GetValue(limit)), (parse.GetValue(proven), parse.GetValue(helper)), ct));
        return command;
    }

    private static async Task<int> RunAsync(AgentFolders folders, (string Folder, bool Change) asked, Uplink.SpoolLimits limits, (string? Proven, string? Helper) files, CancellationToken ct)
    {
        var root = asked.Folder;
        if (!Directory.Exists(root)) throw new SetupException($"{root} is no folder. --root names the folder that stands for /.");
        new Succession(folders, TimeProvider.System).Finish();
        using var identity = DeviceIdentity.Load(folders);
        using var spool = Uplink.Spool.Open(folders.Spool, limits);
        new LastRoot(folders).Take(root, asked.Change);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture));
        builder.Services.AddAgent(folders, root, identity, spool);
        // The helper works on this machine, not on what lies in another folder.
        builder.Services.AddSingleton(new FaultSocket(files.Helper ?? (Path.GetFullPath(root) == "/" ? FaultSocket.Usual : null)));
        if (files.Proven is { } proven) builder.Services.AddHostedService(all => ActivatorUtilities.CreateInstance<Uplink.ProvenFile>(all, Path.GetFullPath(proven)));

        using var host = builder.Build();
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(RunCommand));
        await using var told = ct.Register(() => ToldToStop(logger));
        await host.RunAsync(ct);
        // The host stops when one of its services fails, but says so only in the log.
        return services.Exists(s => s.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    [LoggerMessage(1000, LogLevel.Information, "Told to stop")]
    private static partial void ToldToStop(Microsoft.Extensions.Logging.ILogger logger);
}
