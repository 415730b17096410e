using Microsoft.Data.Sqlite;
using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

/// <summary>Runs the server's commands as a shell would: arguments in, exit code and text out.</summary>
internal static class Commands
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(ServerFolder folder, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync([.. args, "--data", folder.Data], output, error, TestContext.Current.CancellationToken);
        // As when a program ends: no connection stays open, least of all to a file that was moved away.
        SqliteConnection.ClearAllPools();
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The output of a command that must succeed.</summary>
    public static async Task<string> DoneAsync(ServerFolder folder, params string[] args)
    {
        var (code, output, error) = await RunAsync(folder, args);
        Assert.True(code == 0, error);
        return output;
    }
}
