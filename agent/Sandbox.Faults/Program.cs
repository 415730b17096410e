using System.CommandLine;
using Sandbox.Faults;

try
{
    var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
    var parse = HelperCommands.Create().Parse(args);
    var code = await parse.InvokeAsync(settings);
    return parse.Errors.Count > 0 ? 2 : code;
}
catch (SetupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
