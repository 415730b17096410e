using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Whether a backup holds anything: an empty one ends as well as any.</summary>
internal static class BackedUp
{
    /// <summary>What a repository takes that holds a file or two; less is nothing that somebody would miss.</summary>
    private const ulong LeastBytes = 64 * 1024;

    /// <summary>Whether the newest one onto other disks is of some size, or that is not known.</summary>
    public static bool IsSomething(Backup backup) =>
        backup.Stores.Where(one => one is { LastSucceeded: not null, HasOtherDevice: true, OtherDevice: true }).MaxBy(one => (one.LastSucceeded.Seconds, one.LastSucceeded.Nanos)) is not { HasSizeBytes: true, SizeBytes: < LeastBytes };
}
