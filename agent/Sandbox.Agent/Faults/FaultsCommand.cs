using System.CommandLine;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Agent.Faults;

/// <summary><c>sandbox-agent faults [off] [--data DIR] [--fault-helper FILE]</c>: whether faults may be seeded on this machine, and no longer.</summary>
internal static class FaultsCommand
{
    /// <summary>--fault-helper FILE.</summary>
    public static Option<string?> Helper() => new("--fault-helper")
    {
        Description = $"The socket of the helper that applies seeded faults; {FaultSocket.Usual} unless set.", HelpName = "FILE",
    };

    public static Command Create()
    {
        var (data, helper) = (AgentOptions.Data(), Helper());
        var off = new Command("off", "Refuses seeded faults from now on, and undoes those that are applied. Only another enrolment allows them again.") { data, helper };
        off.SetAction((parse, ct) => OffAsync(new AgentFolders(parse.GetValue(data)), new FaultSocket(parse.GetValue(helper) ?? FaultSocket.Usual), ct));
        var command = new Command("faults", "Whether faults may be seeded on this machine, and whether the helper for that runs.") { data, helper, off };
        command.SetAction((parse, ct) => ShowAsync(new AgentFolders(parse.GetValue(data)), new FaultSocket(parse.GetValue(helper) ?? FaultSocket.Usual), ct));
        return command;
    }

    private static async Task<int> ShowAsync(AgentFolders folders, FaultSocket helper, CancellationToken ct)
    {
        var record = EnrolmentRecord.Read(folders.Enrolment) ?? throw DeviceIdentity.NotEnrolled(folders);
        Console.WriteLine(record.FaultsAllowed
            ? $"Faults may be seeded on this machine. To refuse them: {Typed.Agent($"faults off{folders.DataOption}")}"
            : "No faults are seeded on this machine: its owner did not allow them when it was enrolled, or took it back.");
        // Which ones there are is for the apprentice to find.
        Console.WriteLine(await helper.AskAsync(new HelperRequest { List = new ListFaults() }, ct) is null
            ? "The helper does not run, or may not be asked by this user: it comes with the package sandbox-agent-faults."
            : "The helper runs.");
        return 0;
    }

    private static async Task<int> OffAsync(AgentFolders folders, FaultSocket helper, CancellationToken ct)
    {
        var record = EnrolmentRecord.Read(folders.Enrolment) ?? throw DeviceIdentity.NotEnrolled(folders);
        (record with { FaultsAllowed = false }).Write(folders.Enrolment);
        Console.WriteLine("No faults are seeded on this machine from now on.");
        var (listed, isThere) = await helper.TryAskAsync(new HelperRequest { List = new ListFaults() }, ct);
        if (listed is not { } answer)
        {
            Console.WriteLine(isThere
                ? "The helper does not answer. The agent has it undo what is applied within 20 s while it runs; at once: sudo systemctl restart sandbox-agent-faults"
                : "No helper listens here, or it may not be asked by this user (sudo). If one listens elsewhere, the agent that runs has it undo what is applied within 20 s.");
            return isThere ? 1 : 0;
        }

        foreach (var applied in answer.Records.Where(IsOpen))
            answer = await helper.AskAsync(new HelperRequest { Undo = new UndoFault { Id = applied.Id } }, ct) ?? answer;
        if (!answer.Records.Any(IsOpen)) return 0;
        Console.WriteLine("One that is applied could not be undone yet; the helper tries again. Look why: journalctl -u sandbox-agent-faults");
        return 1;
    }

    private static bool IsOpen(FaultRecord record) => record.State is FaultState.Prepared or FaultState.Applied;
}
