using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

/// <summary>A report writer with a real spool and key, and a clock that the test turns.</summary>
internal sealed class WrittenReports : IDisposable
{
    private readonly SpoolFolder _folder = new();

    public WrittenReports(SpoolLimits? limits = null, string? folder = null)
    {
        Spool = folder is null ? _folder.Open(limits) : Agent.Uplink.Spool.Open(folder, limits);
        Writer = new ReportWriter(Spool, new DeviceSigner(Device, Key), Refresh, Time, NullLogger<ReportWriter>.Instance);
    }

    public DeviceId Device { get; } = DeviceId.New();

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public RefreshRequests Refresh { get; } = new();

    public Agent.Uplink.Spool Spool { get; }

    public ReportWriter Writer { get; }

    public ValueTask<bool> Put(params Fact[] changed) =>
        Writer.PutAsync(new FactBatch(Time.GetUtcNow(), changed, [], []), TestContext.Current.CancellationToken);

    public static Fact Named(string name) => new() { Hardware = new Hardware { Product = name } };

    public IReadOnlyList<SignedReport> Signed()
    {
        using var reader = new SpoolReader(Spool, 1);
        List<SignedReport> all = [];
        while (reader.TryNext(out _, out var bytes)) all.Add(SignedReport.Parser.ParseFrom(bytes.Span));
        return all;
    }

    public IReadOnlyList<Report> Reports() => [.. Signed().Select(s => Report.Parser.ParseFrom(s.Report))];

    /// <summary>
    /// Turns the clock, and waits (in real time) until so many reports are there. A task that read the clock before the turn and set its timer
    /// after it would wait for ever, so the clock is turned again when nothing comes.
    /// </summary>
    public async Task TurnAsync(TimeSpan time, ulong until)
    {
        using var reader = new SpoolReader(Spool, until);
        for (var turn = 0; turn < 20; turn++)
        {
            Time.Advance(time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMilliseconds(500));
            var waiting = reader.WaitAsync(patience.Token);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (waiting.IsCompletedSuccessfully) return;
        }

        Assert.Fail($"There is no report {until} though the clock was turned by {time} again and again.");
    }

    public void Dispose()
    {
        Writer.Dispose();
        Spool.Dispose();
        _folder.Dispose();
        Key.Dispose();
    }
}
