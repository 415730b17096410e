using System.Collections.Concurrent;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>Packages of the native agent, made by deploy/package: each version once for all tests.</summary>
public sealed class AgentPackages : IDisposable
{
    /// <summary>A version whose program ends at once.</summary>
    internal const string Broken = "0.3.0";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Task<string>> _made = [];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Puts a version in the place of what a server has.</summary>
    internal async Task ServeAsync(Lab lab, string version)
    {
        var made = await MadeAsync(version);
        var served = Directory.CreateDirectory(Path.Combine(lab.Data, "server", "packages"));
        foreach (var file in served.GetFiles()) file.Delete();
        foreach (var file in Directory.GetFiles(made)) File.Copy(file, Path.Combine(served.FullName, Path.GetFileName(file)));
    }

    /// <summary>The folder with a version's packages, or a skipped test, in words, where there is no native agent.</summary>
    internal Task<string> MadeAsync(string version)
    {
        var native = Environment.GetEnvironmentVariable("SANDBOX_NATIVE_AGENT");
        Assert.SkipWhen(string.IsNullOrEmpty(native), "SANDBOX_NATIVE_AGENT names no native agent: tests/run builds one");
        return _made.GetOrAdd(version, _ => MakeAsync(version, version == Broken ? BrokenAgent() : Path.GetDirectoryName(native)!));
    }

    /// <summary>Skips a test, in words, where there is no native helper for seeded faults beside the native agent.</summary>
    internal static void NeedHelper() => Assert.SkipUnless(
        Path.GetDirectoryName(Environment.GetEnvironmentVariable("SANDBOX_NATIVE_AGENT")) is { } folder && File.Exists(Path.Combine(folder, "sandbox-fault-helper")),
        "there is no native sandbox-fault-helper beside the program that SANDBOX_NATIVE_AGENT names: tests/run builds both");

    private async Task<string> MakeAsync(string version, string agent)
    {
        var folder = _folder.At($"{version}/packages");
        await using var run = RunningProgram.Start("deploy/package", Path.Combine(Programs.Repository, "deploy/package"), "--agent", agent, "--version", version, "--to", folder);
        _ = new Outcome(await run.WaitForExitAsync(CancellationToken.None), run.Log).Worked;
        return folder;
    }

    private string BrokenAgent()
    {
        var program = Path.Combine(Directory.CreateDirectory(_folder.At("broken")).FullName, "sandbox-agent");
        File.WriteAllText(program, "#!/bin/sh\necho 'this version is broken'\nexit 3\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        return _folder.At("broken");
    }
}
