namespace Sandbox.Agent.Inventory;

/// <summary>DSP0134 7.4.1, table 17.</summary>
internal static class SmbiosChassis
{
    private static readonly string[] Names =
    [
        "other", "unknown", "desktop", "low profile desktop", "pizza box", "mini tower", "tower", "portable", "laptop", "notebook",
        "hand held", "docking station", "all in one", "sub notebook", "space-saving", "lunch box", "main server chassis",
        "expansion chassis", "subchassis", "bus expansion chassis", "peripheral chassis", "raid chassis", "rack mount chassis",
        "sealed-case pc", "multi-system chassis", "compact pci", "advanced tca", "blade", "blade enclosure", "tablet", "convertible",
        "detachable", "iot gateway", "embedded pc", "mini pc", "stick pc",
    ];

    /// <summary>Null: unknown, by the table's own word or ours.</summary>
    public static string? Name(int type) => type == 2 || type < 1 || type > Names.Length ? null : Names[type - 1];
}
