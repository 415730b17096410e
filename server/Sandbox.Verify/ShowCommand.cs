using System.CommandLine;
using System.Text;
using Google.Protobuf;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Verify;

/// <summary><c>sandbox-verify show FILE INDEX</c>: one entry in plain text, after everything was verified.</summary>
internal static class ShowCommand
{
    private static readonly JsonFormatter _json = new(JsonFormatter.Settings.Default.WithIndentation().WithPreserveProtoFieldNames(true));

    public static Command Create()
    {
        var (source, index) = (new Argument<string>("FILE") { Description = "A bundle: zip or folder." }, new Argument<long>("INDEX") { Description = "The entry's place in the log, from 0." });
        var (key, witness) = (VerifyOptions.Key(), VerifyOptions.Witness());
        var command = new Command("show", "Shows one disclosed entry, after the whole bundle was verified. Exit codes as without 'show'; 2 as well when the entry is not in the bundle.") { source, index, key, witness };
        command.SetAction((parse, ct) => RunAsync(parse.GetValue(source)!, parse.GetValue(index), VerifyOptions.Read(parse.GetValue(key), parse.GetValue(witness)) with { Remembers = false }, ct));
        return command;
    }

    private static async Task<int> RunAsync(string source, long index, VerifySettings settings, CancellationToken ct)
    {
        var wanted = new Wanted(index);
        Report report;
        using (var bar = new ProgressBar()) report = await new Verification(source, Source.Open(source, authority: null), settings, KnownLogs.OfUser()).RunAsync(bar, wanted, ct);
        foreach (var fault in report.Faults) Console.WriteLine(TerminalText.Of($"FAULT: {fault.Where}: {fault.What}"));
        if (wanted.Entry is not { } entry) throw new SetupException($"Entry {index} is not shown in {source}, or not as its leaf commits to it.");
        Console.WriteLine(TerminalText.OfLines(Text(entry)));
        foreach (var line in Summary.Outcome(report)) Console.WriteLine(TerminalText.Of(line));
        return report.ExitCode;
    }

    private static string Text(Shown entry) => $"{Encoding.ASCII.GetString(entry.Leaf.ToBytes())}\n{(entry.Body is null ? "What it said was erased." : _json.Format(entry.Body))}";

    private sealed class Wanted(long index) : IEntryCheck
    {
        public Shown? Entry { get; private set; }

        public void Take(Shown entry)
        {
            if (entry.Index == index) Entry = entry;
        }
    }
}
