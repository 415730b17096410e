using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Firewall;

namespace Sandbox.Tests.PacketFilter;

/// <summary>A network of its own, in which real programs set up real rules; gone at disposal.</summary>
public sealed partial class NetworkNamespace : IDisposable
{
    private const int NetworkOnly = 0x40000000;
    private static readonly string[] Programs = ["ip", "nft", "iptables", "iptables-legacy"];
    private readonly string _name = $"sandbox-{Guid.NewGuid():N}"[..20];

    public NetworkNamespace()
    {
        if (!Environment.IsPrivilegedProcess) Missing = "making a network namespace needs root";
        else if (Programs.FirstOrDefault(name => !File.Exists($"/usr/sbin/{name}") && !File.Exists($"/usr/bin/{name}")) is { } program) Missing = $"{program} is not installed";
        else if (Start("ip", ["netns", "add", _name], null, out var words) != 0) Missing = $"this machine makes no network namespaces: {words}";
    }

    /// <summary>What this machine lacks. Null: nothing.</summary>
    public string? Missing { get; }

    /// <summary>Runs a program in it, to its end.</summary>
    public string Run(string program, IEnumerable<string> arguments, string? input = null)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var code = Start("ip", ["netns", "exec", _name, program, .. arguments], input, out var words);
        Assert.True(code == 0, words);
        return words;
    }

    /// <summary>Starts a program in it, which runs until it is ended.</summary>
    public Process Begin(string program, params string[] arguments)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _name, program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>In place of all rules of nf_tables come these.</summary>
    public void Nft(string rules) => Run("nft", ["-f", "-"], $"flush ruleset\n{rules}\n");

    /// <summary>What the collector says, asked from inside.</summary>
    internal Protocol.Firewall Collect(string root) => Inside(() =>
        new LinuxFirewall(root, () => new LinuxKernelRules()).CollectAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()[0].Firewall);

    /// <summary>Runs on a thread that lives in the namespace; everything else of this process stays where it is.</summary>
    public T Inside<T>(Func<T> work)
    {
        var (result, fault) = (default(T), (Exception?)null);
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{_name}");
                if (Enter(file, NetworkOnly) != 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
                result = work();
            }
            catch (Exception caught)
            {
                fault = caught;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? result! : throw new InvalidOperationException("inside the namespace", fault);
    }

    public void Dispose()
    {
        if (Missing is null) _ = Start("ip", ["netns", "del", _name], null, out _);
    }

    private static int Start(string program, IEnumerable<string> arguments, string? input, out string words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        words = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(SafeFileHandle file, int kind);
}
