using System.ComponentModel;
using System.Diagnostics;

namespace Sandbox.Faults;

/// <summary>Runs programs of the machine: by their full path, without a shell, with a fixed environment and for a limited time.</summary>
internal sealed class Programs(Tree tree)
{
    /// <summary>The longest that one may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public bool Has(string name) => PathOf(name) is not null;

    /// <summary>Runs one, and gives what it printed.</summary>
    /// <exception cref="IOException">It is not there, took too long, or said no; with its own words.</exception>
    public async Task<string> RunAsync(string name, IEnumerable<string> arguments, CancellationToken ct)
    {
        var (code, output, words) = await TryAsync(name, arguments, ct);
        return code == 0 ? output : throw new IOException($"{name} ended with {code}: {words}");
    }

    /// <summary>Runs one whose exit code is an answer, and gives what it printed.</summary>
    /// <exception cref="IOException">It is not there, or took too long.</exception>
    public async Task<string> AskAsync(string name, IEnumerable<string> arguments, CancellationToken ct) => (await TryAsync(name, arguments, ct)).Output;

    private async Task<(int Code, string Output, string Words)> TryAsync(string name, IEnumerable<string> arguments, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var process = Start(name, arguments);
        try
        {
            var (output, words) = (process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
            await process.WaitForExitAsync(end.Token);
            return (process.ExitCode, (await output).Trim(), (await words).Trim());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{name} did not end within {Limit.TotalSeconds:0} s");
        }
    }

    private Process Start(string name, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(PathOf(name) ?? throw new IOException($"{name} is not installed"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = tree.Root,
        };
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["LC_ALL"]) = ("/usr/sbin:/usr/bin:/sbin:/bin", "C");
        // For a tree that stands for /: its programs act on it.
        start.Environment["SANDBOX_ROOT"] = tree.Root;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception fault)
        {
            throw new IOException($"{name} cannot be started: {fault.Message}", fault);
        }
    }

    private string? PathOf(string name) => Folders.Select(folder => tree.At($"{folder}/{name}")).FirstOrDefault(File.Exists);
}
