using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>What a hello says of the machine, as far as it can be kept: a label of bounded length, ids of the right one.</summary>
internal static class HelloSeen
{
    private const int LongestName = 64;
    private const int BootIdLength = 16;

    /// <summary>What the machine calls itself. Null: it did not say.</summary>
    public static string? HostName(Hello hello)
    {
        var name = string.Concat(hello.HostName.Where(x => !char.IsControl(x) && !char.IsSurrogate(x))).Trim();
        if (name.Length > LongestName) name = name[..LongestName];
        return name.Length == 0 ? null : name;
    }

    /// <summary>Id of its boot. Null: it did not say, or said something else.</summary>
    public static byte[]? BootId(Hello hello) => hello.BootId.Length == BootIdLength ? hello.BootId.ToByteArray() : null;

    /// <summary>Newest sequence; 0: none.</summary>
    public static long LastSequence(Hello hello) => hello.LastSequence > long.MaxValue ? 0 : (long)hello.LastSequence;
}
