using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

public sealed class Signatures
{
    private static readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_signed_by_the_device_key()
    {
        using var written = new WrittenReports();

        await written.Put(WrittenReports.Named("a"));

        var signed = Assert.Single(written.Signed());
        Assert.True(ReportHash.Verify(written.Key, ReportHash.Of(written.Device, signed.Report.Span), signed.Signature.Span));
    }

    [Fact]
    public async Task A_second_change_within_a_second_goes_out_unsigned()
    {
        using var written = new WrittenReports();
        await written.Put(WrittenReports.Named("a"));

        written.Time.Advance(TimeSpan.FromMilliseconds(999));
        await written.Put(WrittenReports.Named("b"));

        Assert.Equal([true, false], written.Signed().Select(s => s.HasSignature));
    }

    [Fact]
    public async Task A_change_a_second_later_is_signed_again()
    {
        using var written = new WrittenReports();
        await written.Put(WrittenReports.Named("a"));

        written.Time.Advance(TimeSpan.FromSeconds(1));
        await written.Put(WrittenReports.Named("b"));

        Assert.Equal([true, true], written.Signed().Select(s => s.HasSignature));
    }

    [Fact]
    public async Task Samples_alone_are_not_signed()
    {
        using var written = new WrittenReports();

        await written.Writer.PutAsync(new FactBatch(written.Time.GetUtcNow(), [], [new Fact { AgentHealth = new AgentHealth() }], []), _ct);

        Assert.False(Assert.Single(written.Signed()).HasSignature);
    }

    [Fact]
    public async Task What_went_out_unsigned_is_signed_for_at_the_seconds_end()
    {
        using var written = new WrittenReports();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var signing = written.Writer.SignInTimeAsync(stop.Token);
        await written.Put(WrittenReports.Named("a"));
        await written.Put(WrittenReports.Named("b"));

        await written.TurnAsync(TimeSpan.FromSeconds(1), until: 3);

        Assert.Equal([true, false, true], written.Signed().Select(s => s.HasSignature));
        Assert.Empty(written.Reports()[2].Facts);
        await stop.CancelAsync();
        await signing;
    }

    [Fact]
    public async Task A_silent_minute_ends_with_a_signature()
    {
        using var written = new WrittenReports();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var signing = written.Writer.SignInTimeAsync(stop.Token);

        await written.TurnAsync(TimeSpan.FromMinutes(1), until: 1);

        Assert.True(Assert.Single(written.Signed()).HasSignature);
        await stop.CancelAsync();
        await signing;
    }

    [Fact]
    public async Task The_server_may_ask_for_a_shorter_heartbeat()
    {
        using var written = new WrittenReports();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var signing = written.Writer.SignInTimeAsync(stop.Token);

        written.Writer.SetHeartbeat(TimeSpan.FromSeconds(10));
        await written.TurnAsync(TimeSpan.FromSeconds(10), until: 1);

        Assert.True(Assert.Single(written.Signed()).HasSignature);
        await stop.CancelAsync();
        await signing;
    }

    [Fact]
    public async Task Stopping_signs_what_is_owed()
    {
        using var written = new WrittenReports();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        var signing = written.Writer.SignInTimeAsync(stop.Token);
        await written.Put(WrittenReports.Named("a"));
        await written.Put(WrittenReports.Named("b"));

        await stop.CancelAsync();
        await signing;

        Assert.Equal([true, false, true], written.Signed().Select(s => s.HasSignature));
    }

    [Fact]
    public async Task Gaps_found_at_the_start_are_told_without_waiting_for_facts()
    {
        using var written = new WrittenReports();
        written.Spool.StartOver();

        using var stop = new CancellationTokenSource();
        var signing = written.Writer.SignInTimeAsync(stop.Token);
        await stop.CancelAsync();
        await signing;

        Assert.Single(Assert.Single(written.Reports()).Gaps);
    }
}
