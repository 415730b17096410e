using System.CommandLine;
using Sandbox.Server;

var root = new RootCommand("The Sandbox server: takes reports of agents, judges them and shows them live.");
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (SetupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
