using Sandbox.Evidence.Crediting.Additions;

namespace Sandbox.Evidence.Crediting;

/// <summary>All that counts.</summary>
internal static class CreditRules
{
    /// <summary>The rules, one for each sort of change.</summary>
    public static IReadOnlyList<ICreditRule> All { get; } =
    [
        new DeviceSetUp(), new AccountAdded(), new AccountMended(), new AccountClosed(), .. Mendings.All.Select(one => new RuleMended(one)),
        new PrinterAdded(), new ShareAdded(), new WirelessJoined(), new WiredConnected(), new AdminTakenAway(), new AccessPutRight(), new ServerAccountSetUp(), new ServiceSetUp(), new StorageAdded(), new RedundancyRestored(), new MailLimited(), new TunnelForStaff(), new TestRun(),
        // Last: what comes in masses takes no other change's place of the day.
        new PackageInstalled(),
    ];

    /// <summary>The rule of a sort of change. Null: there is none any more.</summary>
    public static ICreditRule? Of(string act) => All.FirstOrDefault(rule => rule.Act == act);
}
