using System.Globalization;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>What a process has used of the processors, as the kernel counts it.</summary>
internal static class ProcessCpu
{
    // USER_HZ, what /proc counts in, is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds in user and kernel mode since the process began.</summary>
    public static double Seconds(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The name in parentheses may hold anything; utime and stime are the 14th and 15th field.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
