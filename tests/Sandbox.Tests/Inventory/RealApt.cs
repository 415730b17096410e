using System.Diagnostics;
using Sandbox.Agent.Inventory;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

/// <summary>What this machine's own apt says about the packages that are installed on it.</summary>
public sealed class RealApt : IDisposable
{
    private const string Lists = "/var/lib/apt/lists";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Every_package_is_from_where_apt_says()
    {
        var lists = Directory.Exists(Lists) ? Directory.GetFiles(Lists, "*_Packages*") : [];
        Assert.SkipWhen(lists.Length == 0, "apt has fetched no lists here. Type: sudo apt-get update");
        foreach (var list in lists)
            // apt may keep them compressed, which the agent does not read; apt's own helper does.
            _files.With(list[1..(list.LastIndexOf("_Packages", StringComparison.Ordinal) + "_Packages".Length)], await RunAsync("/usr/lib/apt/apt-helper", "cat-file", list));
        _files.With("var/lib/dpkg/status", await File.ReadAllTextAsync("/var/lib/dpkg/status", TestContext.Current.CancellationToken));
        foreach (var source in Directory.GetFiles("/etc/apt", "*.*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".list" or ".sources"))
            _files.With(source[1..], await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken));

        var ours = (await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software.Packages;

        var theirs = Sources(await RunAsync("/usr/bin/apt-cache", ["policy", .. ours.Select(one => $"{one.Name}:{one.Architecture}")]));
        Assert.Equal(ours.Count, theirs.Count);
        Assert.All(ours.Zip(theirs), pair => Assert.True(
            pair.First.HasRepository ? pair.Second.Contains(pair.First.Repository) : pair.Second.Count == 0,
            $"{pair.First}: apt says {string.Join(", ", pair.Second)}"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{ours.Count} packages; {ours.Count(one => one.HasRepository)} from a repository");
    }

    // Of each package, the repositories that have the version that is installed.
    private static List<HashSet<string>> Sources(string policy)
    {
        var all = new List<HashSet<string>>();
        var isInstalled = false;
        foreach (var line in policy.Split('\n').Where(line => line.Length > 0))
        {
            if (line[0] != ' ') all.Add([]);
            else if (line.StartsWith(" *** ", StringComparison.Ordinal)) isInstalled = true;
            else if (!line.StartsWith("        ", StringComparison.Ordinal)) isInstalled = false;
            else if (isInstalled && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var uri, var suite, _, "Packages"]) all[^1].Add($"{uri} {suite}");
        }
        return all;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } })!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
