using Sandbox.Agent.Accounts;
using Sandbox.Agent.Acts;
using Sandbox.Agent.AdminRights;
using Sandbox.Agent.Antivirus;
using Sandbox.Agent.Backup;
using Sandbox.Agent.Bandwidth;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Agent.Encryption;
using Sandbox.Agent.Firewall;
using Sandbox.Agent.Inventory;
using Sandbox.Agent.Neighbours;
using Sandbox.Agent.PasswordPolicy;
using Sandbox.Agent.Printing;
using Sandbox.Agent.RemoteAccess;
using Sandbox.Agent.Services;
using Sandbox.Agent.Sessions;
using Sandbox.Agent.Shares;
using Sandbox.Agent.Storage;
using Sandbox.Agent.TimeSync;
using Sandbox.Agent.Wifi;

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
        var listening = new SharedListening(new RootFolder(root));
        return
        [
            new LinuxHardware(root),
            new LinuxOperatingSystem(root),
            new LinuxAccounts(root),
            new LinuxPasswordPolicy(root),
            new LinuxAdminRights(root),
            new LinuxRemoteAccess(root, listening),
            new LinuxSoftware(root),
            new LinuxNetworkInterfaces(root),
            new LinuxInterfaceCounters(root, TimeProvider.System),
            new LinuxAntivirus(root),
            new LinuxFirewall(root),
            new LinuxSessions(root),
            new LinuxTimeSync(root),
            new LinuxNeighbours(root, TimeProvider.System),
            new LinuxWifi(root),
            new LinuxServices(root, listening),
            new LinuxStorage(root),
            new LinuxEncryption(root, listening),
            new LinuxBackup(root),
            new LinuxPrinting(root),
            new LinuxShares(root),
            new LinuxActs(root, actsPlace, TimeProvider.System),
        ];
    }
}
