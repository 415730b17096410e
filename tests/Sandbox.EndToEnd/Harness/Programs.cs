namespace Sandbox.EndToEnd.Harness;

/// <summary>Where the checkout and the programs under test lie: those that were built together with the tests.</summary>
internal static class Programs
{
    /// <summary>The checkout.</summary>
    public static string Repository { get; } = Find();

    /// <summary>The server's executable.</summary>
    public static string Server => Built("server/Sandbox.Server", "sandbox-server");

    /// <summary>The agent's executable.</summary>
    public static string Agent => Built("agent/Sandbox.Agent", "sandbox-agent");

    /// <summary>The executable of the helper for seeded faults.</summary>
    public static string FaultHelper => Built("agent/Sandbox.Faults", "sandbox-fault-helper");

    /// <summary>The auditor's executable.</summary>
    public static string Verify => Built("server/Sandbox.Verify", "sandbox-verify");

    private static string Built(string project, string name)
    {
        // …/bin/Release/net10.0/ of the tests names the configuration and framework of the programs as well.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, project, "bin", output.Parent!.Name, output.Name, name);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sandbox.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Sandbox.sln is in no folder above the tests.");
    }
}
