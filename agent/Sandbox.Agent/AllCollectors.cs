using Sandbox.Agent.Accounts;
using Sandbox.Agent.Acts;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory;
using Sandbox.Agent.PasswordPolicy;

namespace Sandbox.Agent;

/// <summary>Every collector of this agent.</summary>
internal static class AllCollectors
{
    /// <summary>Those for this operating system, reading below <paramref name="root"/>.</summary>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    /// <param name="actsPlace">Where it is kept how far the logs were read. Null: nowhere, so each run shows the latest acts.</param>
    /// <exception cref="SetupException">This agent has no collectors for this operating system.</exception>
    public static IReadOnlyList<ICollector> For(string root, string? actsPlace = null)
    {
        if (!System.OperatingSystem.IsLinux())
            throw new SetupException($"sandbox-agent cannot look into {Environment.OSVersion.Platform} yet. Run it on Linux.");
        return
        [
            new LinuxHardware(root),
            new LinuxOperatingSystem(root),
            new LinuxAccounts(root),
            new LinuxPasswordPolicy(root),
            new LinuxSoftware(root),
            new LinuxNetworkInterfaces(root),
            new LinuxActs(root, actsPlace, TimeProvider.System),
        ];
    }
}
