using System.CommandLine;
using Sandbox.Agent;

var root = new RootCommand("Watches this machine and reports to a Sandbox server.");
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (SetupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
