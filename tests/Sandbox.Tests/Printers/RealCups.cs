using System.Diagnostics;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;
using static Sandbox.Protocol.Printing.Types;

namespace Sandbox.Tests.Printers;

/// <summary>Debian's own cupsd with folders and a socket of its own: queues are made with lpadmin, something is printed into a file.</summary>
public sealed class RealCups : IDisposable
{
    private const string Program = "/usr/sbin/cupsd";
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(20);
    private readonly PrintMachine _machine = new();
    private Process? _cups;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (_cups is { HasExited: false }) Signals.Kill(_cups.Id);
        _cups?.WaitForExit();
        _cups?.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_queue_and_a_job_that_it_completed_are_told_by_CUPS_itself()
    {
        await StartAsync();
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-v", $"file://{_machine.Files.At("printed")}", "-E", "-L", "Room 4.12", "-D", "Lab printer", "-o", "printer-is-shared=false");
        await RunAsync("/usr/sbin/lpadmin", "-p", "other", "-v", $"ipp://elif:{PrintMachine.Secret}@printer.invalid/laser");
        await RunAsync("/usr/sbin/lpadmin", "-d", "lab");
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        _machine.With("letter.txt", "Dear lab");
        await RunAsync("/usr/bin/lp", "-d", "lab", "-o", "raw", "-t", $"{PrintMachine.Secret}.pdf", _machine.Files.At("letter.txt"));
        await Patience.UntilAsync("the job's end", Patient, async () => (await _machine.ReadAsync()).Jobs.Count > 0, Ct);

        var fact = await _machine.ReadAsync();

        Assert.Equal((Source.Asked, "/run/cups/cups.sock", "lab"), (fact.Source, fact.KnownFrom, fact.DefaultQueue));
        var (lab, other, job) = (fact.Queues[0], fact.Queues[1], fact.Jobs.Single());
        Assert.Equal(("lab", $"file://{_machine.Files.At("printed")}", "Room 4.12", "Lab printer"), (lab.Name, lab.Device, lab.Location, lab.Info));
        Assert.Equal((true, false, false, false, PrintQueue.Types.State.Idle), (lab.Accepting, lab.Shared, lab.Automatic, lab.IsClass, lab.State));
        Assert.Equal(("other", "ipp://printer.invalid/laser", PrintQueue.Types.State.Stopped), (other.Name, other.Device, other.State));
        Assert.StartsWith("urn:uuid:", lab.Uuid, StringComparison.Ordinal);
        Assert.InRange(lab.ConfiguredAt.Seconds, before - 60, before + 60);
        Assert.Equal(("lab", PrintJob.Types.State.Completed, Environment.UserName), (job.Queue, job.State, job.ClaimedUser));
        Assert.InRange(job.CompletedAt.Seconds, before, before + 60);
    }

    [Fact]
    public async Task A_stopped_queue_that_refuses_jobs_is_told_from_an_idle_one()
    {
        await StartAsync();
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-v", "file:///dev/null", "-E");
        await RunAsync("/usr/sbin/cupsdisable", "lab");
        await RunAsync("/usr/sbin/cupsreject", "lab");

        var queue = (await _machine.ReadAsync()).Queues.Single();

        Assert.Equal((PrintQueue.Types.State.Stopped, false, "paused"), (queue.State, queue.Accepting, queue.StateReasons.Single()));
    }

    [Fact]
    public async Task Without_a_queue_it_says_that_there_is_none()
    {
        await StartAsync();

        var fact = await _machine.ReadAsync();

        Assert.Equal((Source.Asked, 0, 0), (fact.Source, fact.Queues.Count, fact.Unseen.Count));
    }

    [Fact]
    public async Task Whoever_claims_to_be_somebody_else_is_named_as_claimed()
    {
        await StartAsync();
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-v", "file:///dev/null", "-E");
        _machine.With("letter.txt", "Dear lab");

        await RunAsync("/usr/bin/lp", "-U", "nobody", "-d", "lab", "-o", "raw", _machine.Files.At("letter.txt"));
        await Patience.UntilAsync("the job's end", Patient, async () => (await _machine.ReadAsync()).Jobs.Count > 0, Ct);

        Assert.Equal("nobody", (await _machine.ReadAsync()).Jobs.Single().ClaimedUser);
    }

    [Fact]
    public async Task Names_that_CUPS_keeps_private_are_unseen_until_its_policy_is_changed_as_we_say()
    {
        await StartAsync(privacy: "");
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-v", "file:///dev/null", "-E");
        _machine.With("letter.txt", "Dear lab");
        await RunAsync("/usr/bin/lp", "-U", "nobody", "-d", "lab", "-o", "raw", _machine.Files.At("letter.txt"));
        await Patience.UntilAsync("the job's end", Patient, async () => (await _machine.ReadAsync()).Jobs.Count > 0, Ct);
        var hidden = await _machine.ReadAsync();
        await EndAsync();

        await StartAsync(hidden.Unseen.Single().Remedy.Split(": ")[1].Split(" - ")[0] + "\n");
        var open = await _machine.ReadAsync();

        Assert.Equal((false, "nobody"), (hidden.Jobs.Single().HasClaimedUser, open.Jobs.Single().ClaimedUser));
    }

    [Fact]
    public async Task Ended_it_leaves_its_queues_in_files_that_say_the_same()
    {
        await StartAsync();
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-v", $"ipp://elif:{PrintMachine.Secret}@printer.invalid/laser", "-E", "-L", "Room #4", "-D", "Lab printer");
        await RunAsync("/usr/sbin/lpadmin", "-p", "lab", "-c", "floor");
        var asked = await _machine.ReadAsync();
        await EndAsync();
        File.Delete(_machine.Files.At("proc/77/comm"));

        var kept = await _machine.ReadAsync();

        Assert.Equal((Source.Asked, Source.Files), (asked.Source, kept.Source));
        Assert.Equal(asked.Queues.Select(Kept), kept.Queues.Select(Kept));
    }

    // The files do not say what CUPS calls a queue without a driver, why it stands, and when a class was changed.
    private static PrintQueue Kept(PrintQueue queue)
    {
        var kept = queue.Clone();
        kept.ClearMakeAndModel();
        kept.StateReasons.Clear();
        if (kept.IsClass) kept.ConfiguredAt = null;
        return kept;
    }

    private async Task EndAsync()
    {
        Signals.Terminate(_cups!.Id);
        await _cups.WaitForExitAsync(Ct);
        _cups.Dispose();
        _cups = null;
    }

    private async Task StartAsync(string privacy = "JobPrivateAccess all\nJobPrivateValues none\n")
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists("/usr/sbin/lpadmin"), "cupsd and lpadmin are not installed here. Type: sudo apt-get install cups-daemon cups-client");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "cupsd is started as root alone. Type: sudo tests/run fast");
        Assert.SkipUnless(Directory.Exists("/usr/share/cups"), "cups-daemon is only partly installed");
        foreach (var folder in new[] { "var/spool/cups/tmp", "var/cache/cups", "run/cups/certs", "var/log/cups" }) _machine.Files.WithFolder(folder);
        // The folders above belong to root alone, and cupsd's filters run as lp.
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(_machine.Files.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        string At(string path) => _machine.Files.At(path);
        _machine.With("etc/cups/cupsd.conf", $"Listen {_machine.Socket}\nLogLevel warn\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n{privacy}<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n")
            .With("etc/cups/cups-files.conf", $"FileDevice Yes\nServerRoot {At("etc/cups")}\nRequestRoot {At("var/spool/cups")}\nTempDir {At("var/spool/cups/tmp")}\nCacheDir {At("var/cache/cups")}\nStateDir {At("run/cups")}\nAccessLog {At("var/log/cups/access_log")}\nErrorLog {At("var/log/cups/error_log")}\nPageLog {At("var/log/cups/page_log")}\nSystemGroup lpadmin\n");
        var start = new ProcessStartInfo(Program, ["-f", "-c", At("etc/cups/cupsd.conf"), "-s", At("etc/cups/cups-files.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _cups = Process.Start(start)!;
        _cups.OutputDataReceived += (_, _) => { };
        _cups.ErrorDataReceived += (_, _) => { };
        _cups.BeginOutputReadLine();
        _cups.BeginErrorReadLine();
        _machine.Running();
        await Patience.UntilAsync("CUPS' socket", Patient, () => Path.Exists(_machine.Socket), Ct);
        // The socket below the root folder is named by its whole path in cupsd's settings, and by the usual one for the agent.
        await Patience.UntilAsync("CUPS' answer", Patient, async () => (await _machine.ReadAsync()).Source == Source.Asked, Ct);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CUPS_SERVER"] = _machine.Socket;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.StandardOutput.ReadToEndAsync(Ct);
        var said = await errors;
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, $"{program} {said} {File.ReadAllText(_machine.Files.At("var/log/cups/error_log"))}");
    }
}
