namespace Sandbox.Agent.Uplink;

/// <summary>How large a spool may grow.</summary>
/// <param name="TotalBytes">Above this the oldest segments go, whole; 256 MiB unless set.</param>
/// <param name="SegmentBytes">Above this the next report begins a new segment; 4 MiB unless set.</param>
internal sealed record SpoolLimits(long TotalBytes = 256L * 1024 * 1024, long SegmentBytes = 4L * 1024 * 1024);
