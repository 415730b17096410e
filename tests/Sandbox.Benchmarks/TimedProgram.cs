using System.Diagnostics;
using System.Globalization;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks;

/// <summary>What time(1) tells of a program and all that it started.</summary>
/// <param name="WallSeconds">From its start to its end.</param>
/// <param name="CpuSeconds">Of the processors, in user and kernel mode.</param>
/// <param name="PeakMebibytes">Most pages in memory at once.</param>
/// <param name="Output">What it wrote to its standard output.</param>
internal sealed record TimedProgram(double WallSeconds, double CpuSeconds, double PeakMebibytes, string Output)
{
    private const double KibibytesPerMebibyte = 1024;

    /// <summary>Runs it to its end.</summary>
    public static async Task<TimedProgram> RunAsync(TemporaryFolder files, string program, string[] arguments, CancellationToken ct)
    {
        var measured = files.At("time");
        var start = new ProcessStartInfo("/usr/bin/time", ["-q", "-o", measured, "-f", "%e %U %S %M", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await complaints;
        await process.WaitForExitAsync(ct);
        var numbers = (await File.ReadAllLinesAsync(measured, ct))[^1].Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new TimedProgram(numbers[0], numbers[1] + numbers[2], numbers[3] / KibibytesPerMebibyte, output);
    }
}
