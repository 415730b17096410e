namespace Sandbox.Agent.Uplink;

/// <summary>How large a spool may grow.</summary>
/// <param name="TotalBytes">Above this the oldest segments go, whole; 256 MiB unless set.</param>
/// <param name="SegmentBytes">Above this the next report begins a new segment; 4 MiB unless set.</param>
internal sealed record SpoolLimits(long TotalBytes = 256L * 1024 * 1024, long SegmentBytes = 4L * 1024 * 1024)
{
    private const int Least = 16;
    private const int Most = 65536;

    /// <summary>Limits for a spool of so many MiB.</summary>
    /// <exception cref="SetupException">That is too little or too much.</exception>
    public static SpoolLimits OfMebibytes(int limit) => limit is >= Least and <= Most
        ? new SpoolLimits(limit * 1024L * 1024)
        : throw new SetupException($"A spool cannot be limited to {limit} MiB: give {Least} to {Most}, e.g. {Typed.Agent("run --spool-limit 256")}");
}
