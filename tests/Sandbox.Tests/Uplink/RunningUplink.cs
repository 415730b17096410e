using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Faults;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>Everything between a collector and the server, running.</summary>
internal sealed class RunningUplink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly EnrolledDevice _device;
    private Task _running = Task.CompletedTask;

    public RunningUplink(EnrolledDevice device)
    {
        _device = device;
        var time = TimeProvider.System;
        Spool = Agent.Uplink.Spool.Open(device.Folders.Spool);
        var signer = new DeviceSigner(EnrolledDevice.Device, device.Identity.Key);
        Writer = new ReportWriter(Spool, signer, Refresh, time, NullLogger<ReportWriter>.Instance);
        Book = new UplinkBook(device.Folders.Status, time, NullLogger<UplinkBook>.Instance);
        Cargo = new Cargo(Spool, Writer, signer, new CheckpointFile(device.Folders.Checkpoint, NullLogger<CheckpointFile>.Instance), new ServerWishes(Refresh, h => Heartbeat = h));
    }

    public static UplinkTimes Quick { get; } = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(20),
        LongestRetry = TimeSpan.FromMilliseconds(200),
    };

    public Agent.Uplink.Spool Spool { get; }

    public ReportWriter Writer { get; }

    public RefreshRequests Refresh { get; } = new();

    public TimeSpan? Heartbeat { get; private set; }

    public AgentStatus? Status => AgentStatus.Read(_device.Folders.Status);

    public LiveLane Live => Cargo.Live;

    /// <summary>Carries orders for seeded faults; of a device that never opted in unless it is set before the start.</summary>
    public FaultLane Faults { set => Cargo = Cargo with { Faults = value }; }

    private UplinkBook Book { get; }

    private Cargo Cargo { get; set; }

    public RunningUplink Start(UplinkTimes? times = null)
    {
        times ??= Quick;
        var stream = new ReportStream(Cargo, times, Book, TimeProvider.System, NullLogger<ReportStream>.Instance);
        _running = new Agent.Uplink.Uplink(_device.Identity, stream, times, Book, TimeProvider.System).RunAsync(_stop.Token);
        return this;
    }

    /// <summary>The same device's agent, started again; this one is stopped first.</summary>
    public RunningUplink Reopen()
    {
        Spool.Dispose();
        return new RunningUplink(_device);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public ValueTask<bool> Put(string name) => Writer.PutAsync(
        new FactBatch(LabAuthority.Now, [new Fact { Hardware = new Hardware { Product = name } }], [], []), TestContext.Current.CancellationToken);

    /// <summary>Waits for something to become true, for 10 s at most.</summary>
    public static async Task Until(Func<bool> reached, string what)
    {
        for (var i = 0; i < 2000 && !reached(); i++) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(reached(), what);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Writer.Dispose();
        Spool.Dispose();
    }
}
