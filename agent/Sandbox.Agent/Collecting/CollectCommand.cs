using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sandbox.Agent.Collecting;

/// <summary><c>sandbox-agent collect --once</c>: what this agent would report, without a server.</summary>
internal static class CollectCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Run every collector once and print what it sees." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object with a property per fact." };
        var root = new Option<string>("--root") { Description = "The folder that stands for /.", DefaultValueFactory = _ => "/" };
        var command = new Command("collect", "Print what this machine says about itself.") { once, json, root };
        command.SetAction(async (parse, ct) =>
        {
            if (!parse.GetValue(once))
                throw new SetupException($"collect runs once and prints; to watch and report use run. Type: {Typed.Agent("collect --once")}");
            var folder = parse.GetValue(root)!;
            if (!Directory.Exists(folder))
                throw new SetupException($"{folder} is no folder. Name the one that stands for /, or type: {Typed.Agent("collect --once")}");
            await PrintAsync(AllCollectors.For(folder), parse.GetValue(json), Console.Out, ct);
            return 0;
        });
        return command;
    }

    /// <summary>Runs every collector once, one after the other, and prints what came of it.</summary>
    internal static async Task PrintAsync(IReadOnlyList<ICollector> collectors, bool json, TextWriter output, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var books = new CollectorBooks(collectors);
        var health = new LinuxAgentHealth(books, null, time);
        var runner = new CollectorRunner(time, NullLogger<CollectorRunner>.Instance);
        var runs = new List<(string Name, CollectorRun Run)>();
        foreach (var collector in collectors)
        {
            var run = await runner.RunAsync(collector, ct);
            books.Ran(collector.Name, run);
            runs.Add((collector.Name, run));
        }
        if (json) await output.WriteLineAsync(FactJson.Of([.. runs.SelectMany(run => run.Run.Facts), health.Sample()]));
        else FactText.Write(output, runs);
    }
}
