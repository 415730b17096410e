using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.AdminRights;

/// <summary>hostname(5): the name that rules for single hosts are compared with.</summary>
internal static class HostName
{
    public const string Source = "etc/hostname";

    /// <summary>As the file has it. Null: it does not say.</summary>
    public static string? Full(RootFolder root) => root.Line(Source);

    /// <summary>Up to the first dot. Null: it does not say.</summary>
    public static string? Short(RootFolder root) => Full(root)?.Split('.')[0];
}
