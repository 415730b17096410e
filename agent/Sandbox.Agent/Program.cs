using System.CommandLine;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;

var root = new RootCommand("Watches this machine and reports to a Sandbox server.");
root.Add(CollectCommand.Create());
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (SetupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
