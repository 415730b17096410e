using System.CommandLine;
using Sandbox.Agent.Identity;

namespace Sandbox.Agent;

/// <summary><c>sandbox-agent enrol [CODE|-] [--data DIR] [--name NAME] [--allow-faults]</c>: makes this machine a device.</summary>
internal static class EnrolCommand
{
    private const int LongestName = 64;

    public static Command Create()
    {
        var code = new Argument<string?>("CODE")
        {
            Description = "The join code. Without it, or with -, it is read from standard input, where no process list shows it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (data, name) = (AgentOptions.Data(), new Option<string?>("--name") { Description = "What to call this machine; its host name unless set.", HelpName = "NAME" });
        var faults = new Option<bool>("--allow-faults")
        {
            Description = "Let mentors have small faults seeded on this machine, for an apprentice to find; they undo themselves. It takes the package sandbox-agent-faults. Taken back with: sandbox-agent faults off",
        };
        var command = new Command("enrol", "Makes this machine a device of a Sandbox server.") { code, data, name, faults };
        command.SetAction((parse, ct) => RunAsync(parse.GetValue(code), parse.GetValue(data), (parse.GetValue(name), parse.GetValue(faults)), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? code, string? data, (string? Name, bool AllowFaults) asked, CancellationToken ct)
    {
        var folders = new AgentFolders(data);
        var enroller = new Enroller(folders, TimeProvider.System) { AllowFaults = asked.AllowFaults };
        var name = (asked.Name ?? Environment.MachineName).Trim();
        if (name.Length is 0 or > LongestName) throw new SetupException($"A name has 1 to {LongestName} characters: {Typed.Agent($"enrol -{folders.DataOption} --name NAME")}");
        await enroller.EnsureNotTakenAsync(ct);

        if (code is null or "-" && !Console.IsInputRedirected) await Console.Error.WriteAsync("Join code, as the page or an admin gave it; paste it and press Enter: ");
        var content = await JoinCodeInput.ReadAsync(code, Console.In, ct);
        var enrolled = await enroller.EnrolAsync(content, name, ct);
        Console.WriteLine($"Enrolled as {enrolled.Record.DeviceName} (device {enrolled.Record.DeviceId}) at {enrolled.Record.Address}.");
        Console.WriteLine($"The certificate lasts until {enrolled.CertificateEnds:u} and renews itself. Now run: {Installed.Start(folders)}");
        if (folders.Data is not null && new LastRoot(folders).Read() is null)
            Console.WriteLine("If this device is another system than this machine, whose files lie in DIR, run it with --root DIR; without that it reports this machine.");
        if (asked.AllowFaults) Console.WriteLine($"Faults may be seeded on this machine; to take that back: {Typed.Agent($"faults off{folders.DataOption}")}");
        if (enrolled.Aside is { } aside) Console.WriteLine($"What this machine was before is kept in {aside}; delete it when nobody needs it.");
        if (ClockWords.For(enrolled.ClockOffset) is { } clock) Console.WriteLine($"Mind the time: {clock}");
        return 0;
    }
}
