namespace Sandbox.Agent.Collecting;

/// <summary>hostname(5): what the machine is called, as its file says; rules for single hosts and addresses are compared with it.</summary>
internal static class HostName
{
    public const string Source = "etc/hostname";

    /// <summary>As the file has it. Null: it does not say.</summary>
    public static string? Full(RootFolder root) => root.Line(Source);

    /// <summary>Up to the first dot. Null: it does not say.</summary>
    public static string? Short(RootFolder root) => Full(root)?.Split('.')[0];
}
