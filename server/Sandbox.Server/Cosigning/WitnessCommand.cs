using System.CommandLine;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Cosigning;

/// <summary><c>sandbox-server witness init|watch|list|forget|run</c>: this machine as a witness of the logs of others.</summary>
internal static class WitnessCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("witness", "Be a witness of evidence logs: see that they only grow, and cosign their checkpoints") { Init(), Watch(), List(), Forget(), WitnessRun.Create() };

    private static Command Init()
    {
        var name = new Option<string?>("--name") { Description = "The witness's name in its key, such as auditor.example/witness (HOST/witness)" };
        var port = new Option<int?>("--port") { Description = $"Port on which it is asked ({WitnessFolder.UsualPort}; 0: any free one)" };
        return OnFolder("init", "Make a witness and its key; what is there stays", [name, port], (parse, folder, output) =>
        {
            if (parse.GetValue(port) is { } wrong and (< 0 or > ushort.MaxValue)) throw new SetupException($"--port {wrong} is no port: give a number from 1 to 65535, or 0 for any free one.");
            var settings = folder.Make(parse.GetValue(name), parse.GetValue(port));
            using var key = folder.Key(settings.Name);
            output.WriteLine($"verifier-key: {key.Verifier}");
            output.WriteLine("Next, with the log's verifier key from paper: sandbox-server witness watch KEY, then: sandbox-server witness run");
            output.WriteLine($"On the log's server: sandbox-server log witness add http://THIS-MACHINE:{settings.Port} {key.Verifier}");
            return 0;
        });
    }

    private static Command Watch()
    {
        var key = new Argument<string>("VERIFIER-KEY") { Description = "The log's verifier key, from paper" };
        return OnFolder("watch", "Witness a log from now on, or take another key for one of its own", [key], (parse, folder, output) =>
        {
            var log = Parsed(parse.GetRequiredValue(key));
            using var own = folder.Key(folder.Settings().Name);
            if (own.Verifier.Key.Equals(log.Key)) throw new SetupException("That is this witness's own key: nobody is the witness of their own log.");
            output.WriteLine(new WitnessedLogs(folder).Watch(log) ? $"{log.Name} is witnessed with the key {log.Id:x8}." : $"{log.Name} is witnessed with the key {log.Id:x8} already; nothing changed.");
            return 0;
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return OnFolder("list", "The logs that are witnessed; exit code 1 when something speaks against one", [json], (parse, folder, output) =>
        {
            using var key = folder.Key(folder.Settings().Name);
            IReadOnlyList<WitnessedEntry> logs = [.. new WitnessedLogs(folder).All.Select(log => WitnessedEntry.Of(log, key.Verifier))];
            if (parse.GetValue(json)) Listing.WriteJson(output, logs, WitnessJson.Default.IReadOnlyListWitnessedEntry);
            else Print(output, logs);
            return logs.Any(log => log.Against.Count > 0) ? 1 : 0;
        });
    }

    private static Command Forget()
    {
        var origin = new Argument<string>("ORIGIN") { Description = "The log's name, as witness list shows it" };
        return OnFolder("forget", "Witness a log no more; what was cosigned and what speaks against it is deleted", [origin], (parse, folder, output) =>
        {
            _ = folder.Settings();
            var name = parse.GetRequiredValue(origin);
            if (!new WitnessedLogs(folder).Forget(name)) throw new SetupException($"{name} is not witnessed here. See which are with: sandbox-server witness list");
            output.WriteLine($"{name} is witnessed no more.");
            return 0;
        });
    }

    private static Command OnFolder(string name, string description, IEnumerable<Symbol> inputs, Func<ParseResult, WitnessFolder, TextWriter, int> work)
    {
        var command = new Command(name, description);
        var data = new DataOption();
        command.Options.Add(data);
        StoreCommand.Add(command, inputs);
        command.SetAction(parse => work(parse, new WitnessFolder(parse.GetValue(data)), parse.InvocationConfiguration.Output));
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<WitnessedEntry> logs)
    {
        Listing.Write(output, ["LOG", "ENTRIES", "COSIGNED", "AGAINST IT"], logs.Select(log => new[] { log.Origin, $"{log.Size}", Listing.Time(log.CosignedAt), log.Against.Count == 0 ? "nothing" : $"{log.Against.Count}" }));
        foreach (var log in logs)
            foreach (var words in log.Against) output.WriteLine($"{log.Origin}: {words}");
    }

    private static VerifierKey Parsed(string text)
    {
        try
        {
            return VerifierKey.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new SetupException($"{fault.Message} The log's server prints it with: sandbox-server log status");
        }
    }
}
