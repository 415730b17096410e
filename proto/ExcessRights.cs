namespace Sandbox.Protocol;

/// <summary>The groups and the accounts of which the fault <see cref="FaultName.RightsExcess"/> is made. A device that names others made them up.</summary>
public static class ExcessRights
{
    /// <summary>Groups of administrators; the first one that there is gets the account.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["sudo", "wheel"];

    /// <summary>Accounts of the system, of which one is put into the group.</summary>
    public static IReadOnlyList<string> Accounts { get; } = ["games", "news", "uucp", "list", "irc"];
}
