using Sandbox.Verify;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>What an auditor's machine saw before is held against what it is shown now.</summary>
public sealed class SavedCheckpoints : IDisposable
{
    private static readonly VerifySettings _settings = new() { Key = Sample.Key.Verifier };

    private readonly TemporaryFolder _state = new();

    private KnownLogs KnownLogs => new(_state.Path);

    [Theory]
    [InlineData(1, 2), InlineData(100, 255), InlineData(255, 256), InlineData(256, 600)]
    public async Task A_log_that_grew_continues_what_was_saved(long before, long after)
    {
        var log = new MadeLog(Sample.Key);
        log.Fill(before);
        await SeeAsync(log);
        log.Fill(after);

        var report = await SeeAsync(log);
        Assert.Equal(("proved", before + 1), (report.Outcome, report.Continues!.Size));
    }

    [Fact]
    public async Task A_forked_log_is_found_though_the_same_key_signs_it()
    {
        var (log, fork) = (new MadeLog(Sample.Key), new MadeLog(Sample.Key));
        log.Fill(20);
        fork.Fill(20);
        await SeeAsync(log);

        Assert.Contains("its first 21 entries are others than those that this machine saw", Assert.Single((await SeeAsync(fork)).Faults).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_that_grew_further_is_found()
    {
        var (log, fork) = (new MadeLog(Sample.Key), new MadeLog(Sample.Key));
        log.Fill(20);
        fork.Fill(400);
        await SeeAsync(log);

        Assert.Equal("faults", (await SeeAsync(fork)).Outcome);
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_is_found_and_what_was_saved_stays()
    {
        var log = new MadeLog(Sample.Key);
        log.Fill(20);
        var older = await log.ExportAsync();
        log.Fill(40);
        await SeeAsync(log);

        var report = await older.VerifyAsync(_settings, KnownLogs);

        Assert.Contains("it has 21 entries, but on", Assert.Single(report.Faults).What, StringComparison.Ordinal);
        Assert.Equal(41, KnownLogs.Of(MadeLog.Origin)!.Size);
    }

    [Fact]
    public async Task What_was_proved_once_stays_proved_when_the_log_has_grown_and_the_newest_state_is_kept()
    {
        var log = new MadeLog(Sample.Key);
        log.Fill(20);
        var older = await log.ExportAsync();
        VerifyCommand.Remember(await older.VerifyAsync(_settings, KnownLogs), _settings, KnownLogs);
        log.Fill(40);
        await SeeAsync(log);

        var again = await older.VerifyAsync(_settings, KnownLogs);
        VerifyCommand.Remember(again, _settings, KnownLogs);

        Assert.Equal("proved", again.Outcome);
        Assert.Contains(again.Remarks, remark => remark.What.Contains("this machine proved this very state", StringComparison.Ordinal));
        Assert.Equal(41, KnownLogs.Of(MadeLog.Origin)!.Size);
    }

    [Fact]
    public async Task Who_says_so_may_verify_what_was_made_earlier()
    {
        var log = new MadeLog(Sample.Key);
        var older = await log.ExportAsync();
        log.Fill(40);
        await SeeAsync(log);

        Assert.Equal("proved", (await older.VerifyAsync(new VerifySettings { Remembers = false }, KnownLogs)).Outcome);
    }

    public void Dispose() => _state.Dispose();

    private async Task<Report> SeeAsync(MadeLog log)
    {
        var report = await (await log.ExportAsync()).VerifyAsync(_settings, KnownLogs);
        VerifyCommand.Remember(report, _settings, KnownLogs);
        return report;
    }
}
