using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Verify;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>Whose key is believed: what a person typed or confirmed before, and what such a key handed over to. Nothing in a bundle makes itself trusted.</summary>
public sealed class KeysAndTrust : IDisposable
{
    private readonly TemporaryFolder _state = new();
    private readonly MadeLog _log = new(Sample.Key);

    private KnownLogs KnownLogs => new(_state["sandbox-verify"]);

    [Fact]
    public async Task A_bundle_that_nobody_confirmed_is_consistent_and_no_more()
    {
        var report = await (await _log.ExportAsync()).VerifyAsync(new VerifySettings(), KnownLogs);

        Assert.Equal(("unconfirmed-key", 3), (report.Outcome, report.ExitCode));
        Assert.Contains($"type: sandbox-verify bundle.zip --key {Sample.Key.Verifier}", string.Join('\n', Summary.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_bundle_names_is_shown_only_when_it_has_signed()
    {
        var bundle = await _log.ExportAsync();
        var checkpoint = SignedNote.Parse(bundle.Files["checkpoint"]);
        bundle.Files["checkpoint"] = SignedNote.Sign(checkpoint.Text, Sample.OldKey).ToBytes();

        var report = await bundle.VerifyAsync(new VerifySettings(), KnownLogs);

        Assert.Equal(3, report.ExitCode);
        Assert.Null(report.Key!.Key);
        Assert.Contains("its signature was not checked", string.Join('\n', Summary.Of(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_confirmed_key_nothing_is_remembered()
    {
        await RememberAsync(new VerifySettings());

        Assert.Null(KnownLogs.Of(MadeLog.Origin));
    }

    [Fact]
    public async Task Nor_is_anything_when_there_are_faults()
    {
        _log.Add(EntryKind.Policy, new LogBody());

        await RememberAsync(Given);

        Assert.Null(KnownLogs.Of(MadeLog.Origin));
    }

    [Fact]
    public async Task A_key_from_paper_is_remembered()
    {
        await RememberAsync(Given);

        var report = await (await _log.ExportAsync()).VerifyAsync(new VerifySettings(), KnownLogs);
        Assert.Equal(("proved", 1L), (report.Outcome, report.Continues!.Size));
    }

    [Fact]
    public async Task A_log_that_somebody_else_signs_under_the_same_name_is_a_fault()
    {
        await RememberAsync(Given);
        _log.Key = Sample.OldKey;

        await FaultAsync(new VerifySettings(), "it is not signed by " + Sample.Key.Verifier);
    }

    [Fact]
    public async Task A_person_may_confirm_another_key_and_is_told_that_nothing_leads_to_it()
    {
        await RememberAsync(Given);
        _log.Key = Sample.OldKey;

        var report = await (await _log.ExportAsync()).VerifyAsync(new VerifySettings { Key = Sample.OldKey.Verifier }, KnownLogs);

        Assert.Equal("proved", report.Outcome);
        Assert.Contains("nothing but your word leads from it", Assert.Single(report.Remarks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_another_log_is_a_fault()
    {
        using var other = LogKey.FromSeed("other.example/evidence", LogKey.NewSeed());

        await FaultAsync(new VerifySettings { Key = other.Verifier }, "it is one of the log lab.example/evidence; the key that you gave is of other.example/evidence");
    }

    [Fact]
    public async Task A_confirmed_key_hands_over_to_the_next_and_that_one_to_the_third()
    {
        using var third = MadeLog.NewKey();
        await RememberAsync(Given);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        await Sample.HandOverAsync(_log, third);

        var report = await (await _log.ExportAsync()).VerifyAsync(new VerifySettings(), KnownLogs);

        Assert.Equal(("proved", third.Verifier.ToString()), (report.Outcome, report.Key!.Key));
        Assert.Contains("has handed over to this one", report.Key.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_handover_the_old_key_counts_no_more()
    {
        await RememberAsync(Given);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        await RememberAsync(new VerifySettings());
        _log.Key = Sample.Key;

        await FaultAsync(new VerifySettings(), "it is not signed by " + Sample.OldKey.Verifier);
    }

    [Fact]
    public async Task A_new_key_without_a_handover_is_a_fault()
    {
        await RememberAsync(Given);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        _log.Handovers.Clear();

        await FaultAsync(new VerifySettings(), "no handover leads from that key to another");
    }

    [Fact]
    public async Task A_handover_that_the_old_key_has_not_signed_is_a_fault()
    {
        await RememberAsync(Given);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        _log.Handovers[$"{Sample.Key.Verifier.Id:x8}"] = (await _log.CheckpointAsync()).Sign(Sample.OldKey);

        await FaultAsync(new VerifySettings(), "it is not signed by " + Sample.Key.Verifier);
    }

    [Fact]
    public async Task A_handover_before_the_entry_about_it_is_a_fault()
    {
        await RememberAsync(Given);
        var before = (await _log.CheckpointAsync()).Sign(Sample.Key, Sample.OldKey);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        _log.Handovers[$"{Sample.Key.Verifier.Id:x8}"] = before;

        await FaultAsync(new VerifySettings(), "it does not cover entry 1");
    }

    [Fact]
    public async Task A_handover_of_another_tree_is_a_fault()
    {
        await RememberAsync(Given);
        await Sample.HandOverAsync(_log, Sample.OldKey);
        _log.Handovers[$"{Sample.Key.Verifier.Id:x8}"] = new Checkpoint(MadeLog.Origin, 2, new byte[32]).Sign(Sample.Key, Sample.OldKey);

        await FaultAsync(new VerifySettings(), "this log did not have that root hash");
    }

    [Fact]
    public async Task What_was_remembered_and_cannot_be_read_is_not_taken_for_nothing()
    {
        await RememberAsync(Given);
        await File.WriteAllTextAsync(KnownLogs.FileOf(MadeLog.Origin), "{", TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<SetupException>(() => RememberAsync(Given));
        Assert.Contains("move it away and verify with --key", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _state.Dispose();

    private static VerifySettings Given => new() { Key = Sample.Key.Verifier };

    private async Task RememberAsync(VerifySettings settings) => VerifyCommand.Remember(await (await _log.ExportAsync()).VerifyAsync(settings, KnownLogs), settings, KnownLogs);

    private async Task FaultAsync(VerifySettings settings, string words)
    {
        var report = await (await _log.ExportAsync()).VerifyAsync(settings, KnownLogs);

        Assert.Equal(1, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.What.Contains(words, StringComparison.Ordinal));
    }
}
