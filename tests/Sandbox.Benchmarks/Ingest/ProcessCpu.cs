using System.Globalization;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>What a process has used of the processors, as the kernel counts it.</summary>
internal static class ProcessCpu
{
    // USER_HZ, what /proc counts in, is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds in user and kernel mode since the process began.</summary>
    public static double Seconds(int process) => Fields(process) is { } fields ? Sum(fields, 2) : 0;

    /// <summary>The same of a process and all its children, those that have ended with them.</summary>
    public static double SecondsOfFamily(int parent)
    {
        var seconds = Fields(parent) is { } own ? Sum(own, 4) : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var child) && Fields(child) is { } fields && fields[1] == $"{parent}")
                seconds += Sum(fields, 4);
        }
        return seconds;
    }

    // utime, stime, and what ended children had used: the 14th field and those after it.
    private static double Sum(string[] fields, int count) =>
        fields[11..(11 + count)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;

    // From the third field on; the name in parentheses before them may hold anything. Null: the process has ended.
    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
