using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Cosigning;

/// <summary><c>sandbox-server witness run</c>: cosigns until it is told to stop.</summary>
internal static partial class WitnessRun
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Cosign the checkpoints of the logs that are witnessed, until Ctrl-C or SIGTERM");
        var data = new DataOption();
        command.Options.Add(data);
        command.SetAction(async (parse, ct) =>
        {
            var folder = new WitnessFolder(parse.GetValue(data));
            var settings = folder.Settings();
            // Two would each cosign from what it knows.
            using var alone = ServerLock.TryTake(folder.Root, "witness.lock") ?? throw new SetupException($"A witness already runs on {folder.Root}. Stop it first, or give this one its own folder with --data DIR.");
            using var key = folder.Key(settings.Name);
            await ServeAsync(folder, settings, key, ct);
            return 0;
        });
        return command;
    }

    private static async Task ServeAsync(WitnessFolder folder, WitnessSettings settings, WitnessKey key, CancellationToken ct)
    {
        await using var app = WitnessHost.Build(folder, settings, key, TimeProvider.System);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw new SetupException($"Port {settings.Port} is in use by another program: choose another with: sandbox-server witness init --port N");
        }
        Serving(app.Logger, key.Verifier, PortOf(app));
        await app.WaitForShutdownAsync(ct);
    }

    /// <summary>The port on which a witness that was started listens.</summary>
    internal static int PortOf(WebApplication app) =>
        BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    [LoggerMessage(3701, LogLevel.Information, "The witness {Key} is asked on port {Port}")]
    private static partial void Serving(ILogger logger, WitnessVerifierKey key, int port);
}
