using System.CommandLine;
using Sandbox.Verify;
using Sandbox.Verify.Words;

try
{
    var parse = VerifyCommand.Create().Parse(args);
    var code = await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parse.Errors.Count > 0 ? ExitCodes.Unreadable : code;
}
catch (Exception fault) when (fault is SetupException or IOException)
{
    // A disk or a connection that fails half-way says nothing about the log.
    await Console.Error.WriteLineAsync(TerminalText.Of(fault is SetupException ? fault.Message : $"It could not be read to its end: {fault.Message}"));
    return ExitCodes.Unreadable;
}
