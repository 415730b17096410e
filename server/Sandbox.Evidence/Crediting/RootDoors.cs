namespace Sandbox.Evidence.Crediting;

/// <summary>Groups that give root's rights by another door than sudo: who may start a container or write to a disk may do everything.</summary>
internal static class RootDoors
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["docker", "lxd", "incus", "incus-admin", "disk", "shadow"];
}
