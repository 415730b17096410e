using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Services that set the clock, and their servers.</summary>
internal static class TimeTables
{
    public static IReadOnlyList<FactTable> Of(TimeSync sync) =>
    [
        new FactTable("Time services", ["Service", "Starts at boot", "Running", "Servers"],
            [.. sync.Services.Select(one => new FactTableRow($"time_sync.services[{one.Name}]",
            [
                one.Name, one.HasEnabled ? YesNo(one.Enabled) : null, one.HasRunning ? YesNo(one.Running) : null,
                one.Sources.Count == 0 ? "its defaults" : string.Join("; ", one.Sources.Select(Source)),
            ]))]),
    ];

    private static string Source(TimeSource source) =>
        $"{source.Address} ({source.Kind}{(source.Authenticated ? ", authenticated" : "")}), {source.Path}:{source.Line.ToString(CultureInfo.InvariantCulture)}";

    private static string YesNo(bool yes) => yes ? "yes" : "no";
}
