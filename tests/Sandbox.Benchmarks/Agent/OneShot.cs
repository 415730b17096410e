using System.Text.Json;
using System.Text.RegularExpressions;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Agent;

/// <summary>
/// One look at this machine, from start to end of the program: <c>collect --once</c> of the shipped native agent beside Lynis, OpenSCAP with Debian's
/// own content, and the inventory of OCS. An answer is a thing that the program says of the machine: a field with a value (in a list each field
/// counts once), a test performed, a rule that passes or fails, an element with a value.
/// </summary>
internal static partial class OneShot
{
    public const string Name = "one-shot";
    private const string Content = "/usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml";
    private const string Profile = "xccdf_org.ssgproject.content_profile_standard";

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        using var files = new TemporaryFolder();
        var figures = new Figures();
        Add(figures, "agent", await MedianAsync(11, files, NativeAgent.Path, ["collect", "--once", "--json"], Fields, ct));
        Add(figures, "ocsinventory", await MedianAsync(3, files, "/usr/bin/ocsinventory-agent", ["--stdout"], Elements, ct));
        Add(figures, "oscap", await MedianAsync(3, files, "/usr/bin/oscap", ["xccdf", "eval", "--profile", Profile, Content], Judged, ct));
        Add(figures, "lynis", await MedianAsync(1, files, "/usr/sbin/lynis",
            ["audit", "system", "--no-colors", "--logfile", files.At("lynis.log"), "--report-file", files.At("lynis.dat")], Tests, ct));
        return figures;
    }

    private static void Add(Figures figures, string who, Look look) => figures
        .Add($"{who}.wall_ms", look.WallMs, "ms").Add($"{who}.cpu_ms", look.CpuMs, "ms").Add($"{who}.peak_mib", look.PeakMib, "MiB").Add($"{who}.answers", look.Answers, "answers");

    private static async Task<Look> MedianAsync(int times, TemporaryFolder files, string program, string[] arguments, Func<string, int> answers, CancellationToken ct)
    {
        var looks = new List<Look>();
        for (var i = 0; i < times; i++) looks.Add(await LookAsync(files, program, arguments, answers, ct));
        return looks.OrderBy(look => look.CpuMs).ElementAt(times / 2);
    }

    private static async Task<Look> LookAsync(TemporaryFolder files, string program, string[] arguments, Func<string, int> answers, CancellationToken ct)
    {
        var timed = await TimedProgram.RunAsync(files, program, arguments, ct);
        return new Look(1000 * timed.WallSeconds, 1000 * timed.CpuSeconds, timed.PeakMebibytes, answers(timed.Output));
    }

    private static int Fields(string output)
    {
        using var json = JsonDocument.Parse(output);
        var paths = new HashSet<string>();
        Walk(json.RootElement, "", paths);
        return paths.Count;
    }

    private static void Walk(JsonElement element, string path, HashSet<string> paths)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var field in element.EnumerateObject().Where(field => field.Name != "unseen")) Walk(field.Value, $"{path}.{field.Name}", paths);
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var row in element.EnumerateArray()) Walk(row, path, paths);
        else paths.Add(path);
    }

    private static int Elements(string output) => ElementWithValue().Matches(output).Select(match => match.Groups[1].Value).Distinct().Count();

    private static int Judged(string output) => output.Split('\n').Count(line => line.StartsWith("Result", StringComparison.Ordinal) && (line.EndsWith("pass", StringComparison.Ordinal) || line.EndsWith("fail", StringComparison.Ordinal)));

    private static int Tests(string output) => TestsPerformed().Match(output) is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"<([A-Z_0-9]+)>[^<\s][^<]*</")]
    private static partial Regex ElementWithValue();

    [GeneratedRegex(@"Tests performed\s*:\s*(\d+)")]
    private static partial Regex TestsPerformed();

    private sealed record Look(double WallMs, double CpuMs, double PeakMib, int Answers);
}
