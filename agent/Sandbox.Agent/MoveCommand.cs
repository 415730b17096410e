using System.CommandLine;
using Sandbox.Agent.Identity;

namespace Sandbox.Agent;

/// <summary><c>sandbox-agent move HOST:PORT [--data DIR]</c>: tells an enrolled machine where its server is now. The pinned CA stays, so a wrong address gets nothing.</summary>
internal static class MoveCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("HOST:PORT") { Description = "The server's name or address and its agent port." };
        var data = AgentOptions.Data();
        var command = new Command("move", "Tells this machine where its server is now; what it is enrolled as stays.") { address, data };
        command.SetAction(parse => Move(parse.GetValue(address)!, new AgentFolders(parse.GetValue(data))));
        return command;
    }

    private static int Move(string address, AgentFolders folders)
    {
        if (!IsAddress(address)) throw new SetupException($"{address} is no address of a server. Type for example: {Typed.Agent($"move lab.example.org:7444{folders.DataOption}")}");
        var before = EnrolmentRecord.Read(folders.Enrolment)
            ?? throw DeviceIdentity.NotEnrolled(folders);

        (before with { Address = address }).Write(folders.Enrolment);
        Console.WriteLine($"The server is at {address} from now on; it was at {before.Address}. An agent that runs learns it when it is started again.");
        return 0;
    }

    private static bool IsAddress(string address)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && Uri.CheckHostName(address[..colon]) != UriHostNameType.Unknown && ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0;
    }
}
