using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Api;
using Sandbox.Server.Backups;
using Sandbox.Server.Compliance;
using Sandbox.Server.Cosigning;
using Sandbox.Server.Devices;
using Sandbox.Server.Enrolment;
using Sandbox.Server.Export;
using Sandbox.Server.People;
using Sandbox.Server.Retention;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;

namespace Sandbox.Server.Hosting;

/// <summary>The program as a function of its arguments: 0 done, 1 failed, 2 something to put right or wrong usage.</summary>
internal static class ServerProgram
{
    /// <summary>Runs one command. What the database could not do ends as 1, with its words.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        var parse = Root().Parse(args);
        // Of a command that was found, the fault alone; who named none needs to see which there are.
        if (parse.Action is ParseErrorAction { } wrong) wrong.ShowHelp = parse.CommandResult.Command.Subcommands.Count > 0;
        // The host itself listens to signals while it serves; anything else may just end.
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var code = await parse.InvokeAsync(invocation, ct);
            if (parse.Errors.Count == 0) return code;
            if (parse.CommandResult.Command.Subcommands.Count == 0) await error.WriteLineAsync($"How to use it: {CommandPath(parse.CommandResult.Command)} --help");
            return 2;
        }
        catch (Exception fault) when (fault is SetupException or StoreUnusableException)
        {
            await error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            await error.WriteLineAsync($"The database did not do it: {fault.GetBaseException().Message} What was not said to be done is not done; when the database is free again, type the command again.");
            return 1;
        }
    }

    private static string CommandPath(Command command) => string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(CommandPath).Append(command is RootCommand ? "sandbox-server" : command.Name));

    private static RootCommand Root() => new("The Sandbox server: takes reports of agents, judges them and shows them live.")
    {
        InitCommand.Create(),
        RunCommand.Create(),
        PeopleCommand.CreateSetupLink(),
        CodesCommand.Create(),
        PeopleCommand.Create(),
        AccountsCommand.Create(),
        ProgrammesCommand.Create(),
        RetentionCommand.Create(),
        DevicesCommand.Create(),
        PolicyCommand.Create(),
        KeysCommand.Create(),
        LogCommand.Create(),
        EvidenceCommand.Create(),
        TokensCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        WitnessCommand.Create(),
    };
}
