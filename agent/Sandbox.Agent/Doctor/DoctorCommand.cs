using System.CommandLine;
using System.Text.Json;

namespace Sandbox.Agent.Doctor;

/// <summary><c>sandbox-agent doctor [--root DIR] [--json] [--fix | --undo]</c>: what this agent sees, what not and why, and what to type.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var root = new Option<string>("--root") { Description = "The folder that stands for /.", HelpName = "DIR", DefaultValueFactory = _ => "/" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var fix = new Option<bool>("--fix") { Description = "First switch Linux audit on, if it is off: acts are then known by the kernel's login uid. Installs nothing; needs root." };
        var undo = new Option<bool>("--undo") { Description = "Only take back what --fix did: switch Linux audit off. Needs root." };
        var command = new Command(
            "doctor", "Says of every part of this machine what is seen, what not and why, and what to type. Sends nothing. Exit code 0: nothing is to be done, 1: something is.") { root, json, fix, undo };
        command.SetAction((parse, ct) => parse.GetValue(undo) ? UndoAsync(parse.GetValue(root)!, parse.GetValue(fix), Console.Out) : RunAsync(parse.GetValue(root)!, parse.GetValue(json), Console.Out, ct, parse.GetValue(fix)));
        return command;
    }

    private static async Task<int> UndoAsync(string root, bool fix, TextWriter output)
    {
        if (fix) throw new SetupException("--fix and --undo are the opposite of each other. Leave one out.");
        foreach (var line in Repair.Undo(root)) await output.WriteLineAsync(line);
        return 0;
    }

    internal static async Task<int> RunAsync(string root, bool json, TextWriter output, CancellationToken ct, bool fix = false)
    {
        if (!Directory.Exists(root)) throw new SetupException($"{root} is no folder. Name the one that stands for /, or type: {Typed.Agent("doctor")}");
        var mended = fix ? Repair.Make(root) : [];
        var diagnosis = (await Examination.OfAsync(root, AllCollectors.For(root), ct)) with { Mended = mended, Audit = AuditStanding.Of(root) };
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(diagnosis, DiagnosisJson.Default.Diagnosis));
        else foreach (var line in DiagnosisText.Lines(diagnosis)) await output.WriteLineAsync(line);
        return diagnosis.Healthy ? 0 : 1;
    }
}
