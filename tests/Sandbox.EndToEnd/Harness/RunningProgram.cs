using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sandbox.EndToEnd.Harness;

/// <summary>A real process with everything it said; disposing asks it to stop and then insists, by its own id.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private RunningProgram(string name, ProcessStartInfo start)
    {
        Name = name;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What people call it in a log.</summary>
    public string Name { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended; only when it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Everything it said so far, both outputs.</summary>
    public string Log => string.Join('\n', _lines);

    /// <summary>Starts a program with an empty standard input.</summary>
    public static RunningProgram Start(string name, string path, params string[] arguments) => Start(name, path, standardInput: null, arguments);

    /// <summary>Starts a program; what it is to read on its standard input is null or the text.</summary>
    public static RunningProgram Start(string name, string path, string? standardInput, string[] arguments)
    {
        var program = new RunningProgram(name, new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        if (standardInput is not null) program._process.StandardInput.Write(standardInput);
        program._process.StandardInput.Close();
        return program;
    }

    /// <summary>Waits until it has ended and all it said was read.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return ExitCode;
    }

    /// <summary>SIGKILL: it gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (!HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, and SIGKILL when that does not help.</summary>
    public async Task StopAsync(TimeSpan? patient = null)
    {
        if (!HasExited) Signals.Terminate(Id);
        using var patience = new CancellationTokenSource(patient ?? LongestStop, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null) _lines.Enqueue(line);
    }
}
