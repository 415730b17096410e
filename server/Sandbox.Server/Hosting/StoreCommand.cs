using System.CommandLine;

namespace Sandbox.Server.Hosting;

/// <summary>A command that works on the store of a data folder.</summary>
internal static class StoreCommand
{
    /// <summary>Makes one; its --data is added here.</summary>
    public static Command Create(string name, string description, IEnumerable<Symbol> inputs, Func<ParseResult, CommandStore, CancellationToken, Task> work) =>
        CreateWithCode(name, description, inputs, async (parse, store, ct) =>
        {
            await work(parse, store, ct);
            return 0;
        });

    /// <summary>Makes one that can fail without a fault: its work answers the exit code.</summary>
    public static Command CreateWithCode(string name, string description, IEnumerable<Symbol> inputs, Func<ParseResult, CommandStore, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        var data = new DataOption();
        command.Options.Add(data);
        Add(command, inputs);
        command.SetAction(async (parse, ct) =>
        {
            await using var store = await CommandStore.OpenAsync(data.Folders(parse), ct);
            return await work(parse, store, ct);
        });
        return command;
    }

    /// <summary>Puts arguments and options on a command.</summary>
    internal static void Add(Command command, IEnumerable<Symbol> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is Argument argument) command.Arguments.Add(argument);
            else if (input is Option option) command.Options.Add(option);
        }
    }
}
