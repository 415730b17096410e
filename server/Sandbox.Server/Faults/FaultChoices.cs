using Sandbox.Protocol;

namespace Sandbox.Server.Faults;

/// <summary>Which seeded faults fit which lines, and what they are called.</summary>
internal static class FaultChoices
{
    /// <summary>Those that a task for a line may have.</summary>
    public static IReadOnlyList<FaultName> For(string line) => line switch
    {
        "1.3" or "7.1" => [FaultName.PasswordMinLengthShortened],
        "4.3" => [FaultName.FirewallPortOpened],
        "4.5" or "7.2" => [FaultName.RightsExcess],
        "7.3" => [FaultName.AntivirusUpdatesStopped],
        _ => [],
    };

    /// <summary>What its repair earns, for whoever chooses it.</summary>
    public static string Earns(FaultName fault) => fault switch
    {
        FaultName.PasswordMinLengthShortened => "its repair counts for line 1.3",
        FaultName.AntivirusUpdatesStopped => "its repair counts for line 7.3, once the definitions have become too old",
        FaultName.RightsExcess => "its repair counts for line 4.5",
        _ => "finding and repairing it is timed, and counts for no line by itself",
    };

    /// <summary>What a form calls it.</summary>
    public static string Id(FaultName fault) => fault switch
    {
        FaultName.PasswordMinLengthShortened => "password.min_length.shortened",
        FaultName.AntivirusUpdatesStopped => "antivirus.updates_stopped",
        FaultName.RightsExcess => "rights.excess",
        _ => "firewall.port_opened",
    };

    /// <summary>What people call it.</summary>
    public static string Words(FaultName fault) => fault switch
    {
        FaultName.PasswordMinLengthShortened => "the minimum length of passwords is shortened",
        FaultName.AntivirusUpdatesStopped => "the updates of malware definitions are stopped",
        FaultName.RightsExcess => "an account gets an administrator's right too many",
        FaultName.FirewallPortOpened => "a port of the firewall is opened",
        _ => "something that this server does not know",
    };
}
