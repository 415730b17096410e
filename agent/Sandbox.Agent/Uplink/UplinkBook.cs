using Microsoft.Extensions.Logging;

namespace Sandbox.Agent.Uplink;

/// <summary>How the connection is doing: in the log, and in status.json for `sandbox-agent status`.</summary>
internal sealed partial class UplinkBook(string path, TimeProvider time, ILogger<UplinkBook> logger)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AgentStatus _status = new() { Process = Environment.ProcessId };
    private string? _said;

    /// <summary>Ends when the server has welcomed this device for the first time since the agent started.</summary>
    public Task FirstWelcome => _welcome.Task;

    /// <summary>This machine's clock minus the server's at the last welcome; null: not measured.</summary>
    public TimeSpan? ClockOffset { get; private set; }

    /// <summary>The agent starts.</summary>
    public void Started() => Change(status => status);

    /// <summary>The server welcomed this device.</summary>
    public void Connected(TimeSpan? clockOffset)
    {
        ClockOffset = clockOffset ?? ClockOffset;
        var now = time.GetUtcNow();
        Change(status => status with { ConnectedSince = now, LastContact = now, LastTrouble = null, ClockOffsetMs = (long?)ClockOffset?.TotalMilliseconds });
        _said = null;
        Welcomed();
        _welcome.TrySetResult();
        if (clockOffset is { } offset && Identity.ClockWords.For(offset) is { } words) ClockIsOff(words);
    }

    /// <summary>The stream is known to live.</summary>
    public void Heard()
    {
        var now = time.GetUtcNow();
        if (now - _status.LastContact >= _fresh) Change(status => status with { LastContact = now });
    }

    /// <summary>The stream ended, or could not be opened. The same words are logged once until it works again.</summary>
    public void Disconnected(string? trouble)
    {
        Change(status => status with { ConnectedSince = null, LastTrouble = trouble });
        if (trouble is null || trouble == _said) return;
        _said = trouble;
        Lost(trouble);
    }

    [LoggerMessage(1213, LogLevel.Warning, "The server has reports up to {Known} of this spool, which has handed over {Last}: the folder was set back, or another machine has a copy of it. A new epoch begins; what waits here goes with it, and everything is reported again")]
    public partial void SetBack(ulong known, ulong last);

    [LoggerMessage(1215, LogLevel.Warning, "The server has another report {Known} of this spool than the one that lies here: the folder was set back, or another machine has a copy of it. A new epoch begins; what waits here goes with it, and everything is reported again")]
    public partial void Forked(ulong known);

    private void Change(Func<AgentStatus, AgentStatus> change)
    {
        try
        {
            lock (_lock) (_status = change(_status)).Write(path);
        }
        catch (IOException fault)
        {
            NotWritten(path, fault.Message);
        }
    }

    [LoggerMessage(1210, LogLevel.Information, "Connected to the server")]
    private partial void Welcomed();

    [LoggerMessage(1211, LogLevel.Warning, "Not connected: {Trouble} (reports wait in the spool; trying again)")]
    private partial void Lost(string trouble);

    [LoggerMessage(1212, LogLevel.Warning, "Mind the time: {Words}")]
    private partial void ClockIsOff(string words);

    [LoggerMessage(1214, LogLevel.Warning, "{Path} cannot be written: {Fault}")]
    private partial void NotWritten(string path, string fault);
}
