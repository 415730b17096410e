using System.IO.Enumeration;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>
/// A machine to install on: a Debian in a folder, with processes, mounts and a /proc of its own (unshare, chroot) and this machine's network. Nothing
/// stays mounted when its programs have ended.
/// </summary>
internal sealed class TreeMachine : IAsyncDisposable
{
    private const string Enter =
        "mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\" && exec chroot \"$0\" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \"$@\"";

    // The first process gets the orphans of all others, and script(1) would take the end of one for that of its own command.
    private const string FirstProcess = "\"$@\"; exit $?";

    // What dpkg, apt and useradd write down for themselves; it is not the package's.
    private static readonly string[] Bookkeeping =
        ["/proc/", "/dev/", "/tmp/", "/run/", "/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-", "/etc/.pwd.lock"];

    private readonly TemporaryFolder _folder = new();
    private RunningProgram? _service;

    private TreeMachine()
    {
    }

    /// <summary>The folder that is its /.</summary>
    public string Root => _folder.At("root");

    /// <summary>What its service said so far.</summary>
    public string Journal => _service?.Log ?? "";

    /// <summary>A new machine.</summary>
    public static async Task<TreeMachine> CopyAsync(string tree, CancellationToken ct)
    {
        var machine = new TreeMachine();
        await using var copy = RunningProgram.Start("cp", "/bin/cp", "-a", "--reflink=auto", tree, machine.Root);
        _ = new Outcome(await copy.WaitForExitAsync(ct), copy.Log).Worked;
        File.WriteAllText(machine.At("/etc/hosts"), $"127.0.0.1 localhost {Environment.MachineName}\n");
        File.WriteAllText(machine.At("/etc/machine-id"), $"{Guid.NewGuid():N}\n");
        return machine;
    }

    /// <summary>Where a file of it is.</summary>
    public string At(string path) => Root + path;

    /// <summary>The text of one of its files.</summary>
    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>Runs a line of shell as root, without a terminal.</summary>
    public Task<Outcome> RunAsync(string line, CancellationToken ct) => FinishAsync(Start(line, null, "/bin/sh", "-c", line), ct);

    /// <summary>Types a line at a terminal, and then what it asks for.</summary>
    public Task<Outcome> TypeAsync(string line, string answer, CancellationToken ct) =>
        FinishAsync(Start(line, answer + "\n", "/bin/sh", "-c", FirstProcess, "sh", "/usr/bin/script", "-qec", line, "/dev/null"), ct);

    /// <summary>Starts the agent as its unit says, and again when it ends, in the place of systemd, which is not the first process here.</summary>
    public void StartService()
    {
        var unit = ServiceUnit.Parse(Read("/usr/lib/systemd/system/sandbox-agent.service"));
        _service = Start("service", null, "/bin/sh", "-c", $"while :; do {unit["ExecStartPre"].TrimStart('+')} && {unit.AsItsUser} {unit["ExecStart"]}; sleep {unit["RestartSec"]}; done");
    }

    /// <summary>Ends it as a power cut does.</summary>
    public async Task StopServiceAsync()
    {
        if (_service is not { } service) return;
        _service = null;
        await service.KillAsync();
        // The kernel ends what is left in there a moment later.
        await Patience.UntilAsync("The machine's programs have ended", TimeSpan.FromSeconds(20), () => !Directory.GetDirectories("/proc").Any(LivesHere), CancellationToken.None);
        await service.DisposeAsync();
    }

    /// <summary>Every file, folder and link, without what the tools write down for themselves.</summary>
    public IReadOnlyList<string> Files() =>
        [.. new FileSystemEnumerable<string>(
                Root, (ref FileSystemEntry entry) => entry.ToFullPath()[Root.Length..], new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            {
                // Its links are its own: from outside, /var/run would lead to this machine's.
                ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }.Where(path => !Bookkeeping.Any(begin => path.StartsWith(begin, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        _folder.Dispose();
    }

    private bool LivesHere(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "root")).LinkTarget == Root;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private RunningProgram Start(string name, string? typed, params string[] command) =>
        RunningProgram.Start(name, "/usr/bin/unshare", typed, ["--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", Enter, Root, .. command]);

    private static async Task<Outcome> FinishAsync(RunningProgram program, CancellationToken ct)
    {
        await using var run = program;
        return new Outcome(await run.WaitForExitAsync(ct), run.Log);
    }
}
