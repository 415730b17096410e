using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>How the agent itself is doing. Made when the process starts.</summary>
/// <param name="books">How the collectors are doing.</param>
/// <param name="spool">What the spool says of itself; null: this agent has none.</param>
/// <param name="time">The device's clock.</param>
internal sealed class LinuxAgentHealth(CollectorBooks books, Func<SpoolFigures>? spool, TimeProvider time)
{
    private static readonly string Version =
        typeof(LinuxAgentHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private readonly Timestamp _started = Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>As of now.</summary>
    public Fact Sample()
    {
        var health = new AgentHealth
        {
            Version = Version,
            StartedAt = _started,
            CpuSeconds = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 3),
            ResidentBytes = (ulong)Environment.WorkingSet,
            Privileged = Environment.IsPrivilegedProcess,
            User = Environment.UserName,
        };
        if (spool?.Invoke() is { } figures) Add(health, figures);
        health.Collectors.AddRange(books.Read());
        return new Fact { AgentHealth = health };
    }

    private static void Add(AgentHealth health, SpoolFigures figures)
    {
        health.SpoolBytes = figures.Bytes;
        health.SpoolLimitBytes = figures.LimitBytes;
        health.UnacknowledgedReports = figures.UnacknowledgedReports;
        if (figures.ClockOffset is { } offset) health.ClockOffsetMs = (long)offset.TotalMilliseconds;
    }
}
