using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>
/// A small Debian of which machines are copies: made by debootstrap from the mirror that this machine itself uses, once, when a test asks for the first
/// time. <c>SANDBOX_DEBIAN_TREE=FOLDER</c> takes one that is there.
/// </summary>
public sealed class DebianTree : IDisposable
{
    // What the command on the page takes for granted: curl, and the sudo that people type; and a systemd, for machines that are started.
    private const string More = "curl,sudo,systemd-sysv,dbus";

    private static readonly string[] Unneeded = ["usr/share/doc", "usr/share/locale", "usr/share/man"];

    private readonly Lazy<Task<(string? Root, string Why)>> _made;
    private TemporaryFolder? _folder;

    /// <summary>Nothing is made yet.</summary>
    public DebianTree() => _made = new(MakeAsync);

    /// <summary>A machine that is a copy of it, or a skipped test, in words, where none can be made.</summary>
    internal async Task<TreeMachine> MachineAsync(CancellationToken ct)
    {
        var (root, why) = await _made.Value;
        Assert.SkipWhen(root is null, why);
        return await TreeMachine.CopyAsync(root!, ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder?.Dispose();

    private async Task<(string? Root, string Why)> MakeAsync()
    {
        if (!Environment.IsPrivilegedProcess) return (null, "making a Debian to install into (debootstrap, chroot) needs root");
        if (Environment.GetEnvironmentVariable("SANDBOX_DEBIAN_TREE") is { Length: > 0 } there) return (there, "");
        if (!File.Exists("/usr/sbin/debootstrap")) return (null, "debootstrap is not there");
        var release = (await File.ReadAllLinesAsync("/etc/os-release")).FirstOrDefault(line => line.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal))?.Split('=')[1] ?? "";
        if (await MirrorAsync(release) is not { } mirror) return (null, $"apt's sources name no mirror of {release}");
        _folder = new TemporaryFolder();
        var root = _folder.At("debian");
        var outcome = await RunAsync("/usr/sbin/debootstrap", "--variant=minbase", $"--include={More}", release, root, mirror);
        if (outcome.ExitCode != 0) return (null, $"debootstrap failed:\n{outcome.Output}");
        // Half of it, and every machine is a copy.
        foreach (var folder in Unneeded) Directory.Delete(Path.Combine(root, folder), recursive: true);
        foreach (var file in Directory.GetFiles(Path.Combine(root, "var/cache/apt/archives"), "*.deb")) File.Delete(file);
        return (root, "");
    }

    private static async Task<string?> MirrorAsync(string release)
    {
        var said = await RunAsync("/usr/bin/apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages");
        return said.Output.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(words => words.Length == 2 && words[0] == release)?[1];
    }

    private static async Task<Outcome> RunAsync(string program, params string[] arguments)
    {
        await using var run = RunningProgram.Start(program, program, arguments);
        return new Outcome(await run.WaitForExitAsync(CancellationToken.None), run.Log);
    }
}
