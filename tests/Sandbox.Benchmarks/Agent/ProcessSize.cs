using System.Globalization;

namespace Sandbox.Benchmarks.Agent;

/// <summary>How much of the machine a process holds now. See proc(5).</summary>
/// <param name="ResidentMebibytes">VmRSS: pages in memory, shared ones counted in full.</param>
/// <param name="ProportionalMebibytes">Pss: shared pages divided among those who share them.</param>
/// <param name="Descriptors">Open files, sockets and the like.</param>
internal sealed record ProcessSize(double ResidentMebibytes, double ProportionalMebibytes, int Descriptors)
{
    private const double KibibytesPerMebibyte = 1024;

    public static ProcessSize Of(int process) => new(
        Kibibytes($"/proc/{process}/status", "VmRSS:") / KibibytesPerMebibyte,
        Kibibytes($"/proc/{process}/smaps_rollup", "Pss:") / KibibytesPerMebibyte,
        Directory.GetFileSystemEntries($"/proc/{process}/fd").Length);

    private static double Kibibytes(string path, string label) => double.Parse(
        File.ReadLines(path).First(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
