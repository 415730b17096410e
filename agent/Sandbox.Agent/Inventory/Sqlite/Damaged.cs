namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>A database that is not as its format says.</summary>
internal static class Damaged
{
    /// <summary>To be thrown.</summary>
    public static IOException Because(string what) => new($"damaged: {what}");
}
