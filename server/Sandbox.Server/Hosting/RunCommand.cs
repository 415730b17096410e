using System.CommandLine;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary><c>sandbox-server run</c>: makes what is missing, serves until it is told to stop.</summary>
internal static partial class RunCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="last">As for <see cref="Composition.Build"/>.</param>
    public static Command Create(Action<IServiceCollection>? last = null)
    {
        var command = new Command("run", "Serve pages and agents until Ctrl-C or SIGTERM");
        var choices = new ServerChoices(command);
        var readyFile = new Option<string?>("--ready-file") { Description = "File that gets ports and address as JSON once the server listens" };
        command.Options.Add(readyFile);
        command.SetAction(async (parse, ct) =>
        {
            var folders = choices.Folders(parse);
            using var alone = ServerLock.Take(folders);
            await ServeAsync(folders, choices.Apply(parse, ServerSettings.Load(folders)), parse.GetValue(readyFile), last, ct);
            return 0;
        });
        return command;
    }

    private static async Task ServeAsync(ServerFolders folders, ServerSettings settings, string? readyFile, Action<IServiceCollection>? last, CancellationToken ct)
    {
        Listening.RequireFree(settings);
        using var keys = Keys.LoadOrCreate(folders, settings, TimeProvider.System);
        await using var app = Composition.Build(folders, settings, keys, TimeProvider.System, last: last);
        await Preparation.DatabaseAsync(app.Services, ct);
        settings.Save(folders);
        app.Services.GetRequiredService<ServerCertificate>().For(settings.Host);
        settings = settings with { Bound = await Listening.StartAsync(app, settings, ct) };
        settings.Save(folders);
        using var ready = ReadyFile.Write(readyFile, new Ready(settings.Bound.Web, settings.Bound.Agent, settings.Page("/")));
        Serving(app.Logger, settings.Page("/"), settings.AgentAddress, Convert.ToHexStringLower(keys.Authority.Pin));
        foreach (var path in keys.Tightened) Tightened(app.Logger, path);
        await app.WaitForShutdownAsync(ct);
    }

    [LoggerMessage(3012, LogLevel.Warning, "{Path} could be read by others than its owner, and cannot any more. If somebody may have read it, roll it: sandbox-server keys roll ca, or log roll for the log's")]
    private static partial void Tightened(ILogger logger, string path);

    [LoggerMessage(3000, LogLevel.Information, "Pages at {Page}, agents at {Agents}; CA pin {Pin}")]
    private static partial void Serving(ILogger logger, string page, string agents, string pin);
}
