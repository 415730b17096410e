using Sandbox.Ledger;
using Sandbox.Verify;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>What witnesses add: time.</summary>
public sealed class WitnessedBundles : IDisposable
{
    private readonly TemporaryFolder _state = new();
    private readonly MadeLog _log = new(Sample.Key);
    private readonly WitnessKey _witness = WitnessKey.FromSeed("auditor.example", LogKey.NewSeed());

    private KnownLogs KnownLogs => new(_state.Path);

    [Fact]
    public async Task A_witness_that_was_named_proves_the_time()
    {
        var at = _log.Now.AddMinutes(1);
        var report = await (await _log.ExportAsync(null, null, (_witness, at))).VerifyAsync(Named, KnownLogs);

        Assert.Equal(("proved", at), (report.Outcome, Assert.Single(report.Witnesses).At));
        Assert.DoesNotContain("Without a witness", string.Join('\n', Summary.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_named_and_has_not_cosigned_is_a_fault() =>
        Assert.Contains("the witness auditor.example has not cosigned it", Assert.Single((await (await _log.ExportAsync()).VerifyAsync(Named, KnownLogs)).Faults).What, StringComparison.Ordinal);

    [Fact]
    public async Task One_that_nobody_named_counts_for_nothing()
    {
        var report = await (await _log.ExportAsync(null, null, (_witness, _log.Now))).VerifyAsync(Sample.Key);

        Assert.Empty(report.Witnesses);
        Assert.Contains("counts for nothing here", Assert.Single(report.Remarks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_witness_of_the_same_name_counts_for_nothing()
    {
        using var other = WitnessKey.FromSeed("auditor.example", LogKey.NewSeed());

        Assert.Equal("faults", (await (await _log.ExportAsync(null, null, (other, _log.Now))).VerifyAsync(Named, KnownLogs)).Outcome);
    }

    [Fact]
    public async Task A_time_that_the_witness_had_not_reached_is_named()
    {
        _log.Now += TimeSpan.FromHours(3);
        var report = await (await _log.ExportAsync(null, null, (_witness, _log.Now.AddHours(-3)))).VerifyAsync(Named, KnownLogs);

        var fault = Assert.Single(report.Faults);
        Assert.Equal("entry 0", fault.Where);
        Assert.Contains("3 hours after auditor.example had seen it in the log", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_is_remembered_and_missed()
    {
        VerifyCommand.Remember(await (await _log.ExportAsync(null, null, (_witness, _log.Now))).VerifyAsync(Named, KnownLogs), Named, KnownLogs);

        Assert.Contains("whose key was given before, has not cosigned it", Assert.Single((await (await _log.ExportAsync()).VerifyAsync(new VerifySettings(), KnownLogs)).Remarks).What, StringComparison.Ordinal);
        Assert.Single((await (await _log.ExportAsync(null, null, (_witness, _log.Now))).VerifyAsync(new VerifySettings(), KnownLogs)).Witnesses);
    }

    public void Dispose()
    {
        _witness.Dispose();
        _state.Dispose();
    }

    private VerifySettings Named => new() { Key = Sample.Key.Verifier, Witnesses = [_witness.Verifier] };
}
