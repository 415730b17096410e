using System.Diagnostics;
using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>A machine's files with a database that Debian's own rpm makes, of packages that its rpmbuild builds once for all tests.</summary>
internal sealed class RpmMachine : IDisposable
{
    /// <summary>Where rpm keeps its database here.</summary>
    public const string Folder = "var/lib/rpm";

    public const string Database = $"{Folder}/rpmdb.sqlite";

    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    // Names to what stands in the spec beside the least: an epoch, other languages, no distributor, a header of many pages, two versions of one name.
    private static readonly (string Name, string Lines)[] Specs =
    [
        ("plain", "Version: 1.0\nVendor: Example Corp\n"), ("epoch", "Version: 2.0~rc1\nEpoch: 3\nVendor: Example Corp\nSummary(de): Zusammenfassung\n"), ("zero", "Version: 1\nEpoch: 0\nVendor: Exämple Größe\n"),
        ("nobody", "Version: 1.0^git5\n"), ("long", $"Version: 7\nPackager: Somebody\n%description -l fr\n{new string('x', 200_000)}\n"), ("kernel", "Version: 6.1\n"), ("kernel-two", "Name: kernel\nVersion: 6.2\n"),
        ("needs", "Version: 1\nRequires: epoch\n"),
    ];

    public MachineFiles Files { get; } = new();

    /// <summary>Installs them with a run of rpm.</summary>
    public async Task InstallAsync(params string[] names)
    {
        var folder = await Built.Value;
        await RpmAsync(["-i", "--nodeps", .. names.Select(name => Directory.EnumerateFiles(folder, $"{name}.rpm").Single())]);
    }

    /// <summary>Every package that is there to be installed.</summary>
    public static string[] Names => [.. Specs.Select(spec => spec.Name)];

    /// <summary>Runs rpm below the root, and gives what it prints.</summary>
    public Task<string> RpmAsync(params string[] arguments) => RunAsync("rpm", ["--root", Files.Root, "--dbpath", "/" + Folder, "--force-debian", .. arguments]);

    /// <summary>What rpm says of its packages, a line for each, sorted.</summary>
    public async Task<IEnumerable<string>> SaidByRpmAsync(params string[] more) =>
        (await RpmAsync([.. more, "-qa", "--qf", "%{NAME}|%{EVR}|%{ARCH}|%{VENDOR}|%{INSTALLTIME}\n"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    /// <summary>The same of ours.</summary>
    public static IEnumerable<string> Lines(Software software) =>
        software.Packages.Where(one => one.Manager == Package.Types.Manager.Rpm).Select(one => $"{one.Name}|{one.Version}|{one.Architecture}|{(one.HasOrigin ? one.Origin : "(none)")}|{one.InstalledAt?.Seconds}").Order(StringComparer.Ordinal);

    public async Task<Software> ReadAsync() => (await new LinuxSoftware(Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;

    public static void Require()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rpm") && File.Exists("/usr/bin/rpmbuild"), "rpm is not installed here. Type: sudo apt-get install rpm");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "rpm installs below another root as root alone. Type: sudo tests/run fast");
    }

    /// <summary>The folder of all of them, as a repository that dnf takes.</summary>
    public static async Task<string> RepositoryAsync()
    {
        var folder = await Built.Value;
        await RunAsync("createrepo_c", "-q", folder);
        return folder;
    }

    public void Dispose() => Files.Dispose();

    /// <summary>Runs a program to its end, and gives what it prints.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var printed = await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(running.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return printed;
    }

    private static async Task<string> BuildAsync()
    {
        var top = Directory.CreateTempSubdirectory("sandbox-rpms-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(top, recursive: true);
        foreach (var (name, lines) in Specs)
        {
            var spec = Path.Combine(top, $"{name}.spec");
            await File.WriteAllTextAsync(spec, $"{(lines.StartsWith("Name:", StringComparison.Ordinal) ? "" : $"Name: {name}\n")}Release: 1.lab\nSummary: One\nLicense: MIT\nBuildArch: noarch\n{lines}%description\nText.\n%files\n");
            await RunAsync("rpmbuild", "-bb", "--define", $"_topdir {top}/{name}", spec);
            File.Move(Directory.EnumerateFiles($"{top}/{name}/RPMS/noarch").Single(), Path.Combine(top, $"{name}.rpm"));
        }
        return top;
    }
}
