using System.CommandLine;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Doctor;
using Sandbox.Agent.Faults;

var root = new RootCommand("Watches this machine and reports to a Sandbox server.")
{
    EnrolCommand.Create(),
    RunCommand.Create(),
    CollectCommand.Create(),
    StatusCommand.Create(),
    DoctorCommand.Create(),
    MoveCommand.Create(),
    FaultsCommand.Create(),
};
try
{
    var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(15) };
    var parse = root.Parse(args);
    var code = await parse.InvokeAsync(settings);
    // Wrong usage is something to put right; 1 is what some commands answer.
    return parse.Errors.Count > 0 ? 2 : code;
}
catch (SetupException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
catch (RefusedException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
