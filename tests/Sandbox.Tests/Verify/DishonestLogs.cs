using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>Bundles whose tree and signatures are in order, of a log into which something was entered that cannot be.</summary>
public sealed class DishonestLogs
{
    private readonly MadeLog _log = new(Sample.Key);
    private readonly MadeDevice _device = new();

    [Fact]
    public async Task A_back_dated_entry_is_named_with_how_far()
    {
        _log.Fill(2);
        _log.Now -= TimeSpan.FromHours(5);
        _log.Fill(3);

        await FaultAsync(2, "it says 2026-11-23 12:00:02Z, 5 hours before entry 1");
    }

    [Fact]
    public async Task A_clock_that_is_set_right_by_seconds_is_none()
    {
        _log.Fill(2);
        _log.Now -= TimeSpan.FromSeconds(50);

        Assert.Empty((await (await _log.ExportAsync()).VerifyAsync(Sample.Key)).Faults);
    }

    [Fact]
    public async Task An_entry_that_was_entered_twice_is_named()
    {
        _log.Fill(2);
        _log.Repeat();

        await FaultAsync(2, "it has the same commitment as entry 1");
    }

    [Fact]
    public async Task An_entry_that_is_filed_under_another_person_is_named()
    {
        var decided = People.Decision(1);
        _log.Add(EntryKind.SignOff, new LogBody { LineDecided = decided }, person: People.Mia, subject: decided.Id);

        await FaultAsync(0, $"its leaf names the person {Convert.ToHexStringLower(People.Mia.Span)}, but it speaks of {Convert.ToHexStringLower(People.Ada.Span)}");
    }

    [Fact]
    public async Task A_signed_decision_that_is_filed_under_another_person_is_named()
    {
        var signed = new Passkey(-7).Sign(People.Decision(1));
        _log.Add(EntryKind.SignOff, new LogBody { SignedDecision = signed }, person: People.Mia, subject: LineDecided.Parser.ParseFrom(signed.Decision).Id);

        await FaultAsync(0, "its leaf names the person");
    }

    [Fact]
    public async Task An_entry_that_is_filed_under_another_kind_is_named()
    {
        _log.Add(EntryKind.Policy, new LogBody { RoleGiven = new RoleGiven { PersonId = People.Mia } });

        await FaultAsync(0, "its leaf is filed under 'policy', but what it says is of the kind 'role'");
    }

    [Fact]
    public async Task An_entry_that_says_nothing_is_named()
    {
        _log.Add(EntryKind.Policy, new LogBody());

        await FaultAsync(0, "it says nothing that this program can read");
    }

    [Fact]
    public async Task Evidence_that_somebody_else_signed_is_named()
    {
        _device.Enrol(_log);
        new MadeDevice().Witness(_log, said => (said.DeviceId, said.Report.DeviceId) = (_device.Id, _device.Id));

        await FaultAsync(1, "the device does not vouch for it");
    }

    [Fact]
    public async Task Evidence_by_a_key_that_is_not_the_devices_is_named()
    {
        new MadeDevice().Enrol(_log);
        _device.Witness(_log);

        await FaultAsync(1, "the key that vouches for it is not one with which the device");
    }

    [Fact]
    public async Task An_enrolment_after_the_evidence_does_not_repair_it()
    {
        _device.Witness(_log);
        _device.Enrol(_log);

        await FaultAsync(0, "was enrolled by then");
    }

    [Fact]
    public async Task Of_an_erased_enrolment_it_is_said_that_the_key_cannot_be_shown_any_more()
    {
        var owner = People.NewId();
        var enrolled = _device.Enrol(_log, owner);
        _device.Witness(_log);
        _log.EraseAndSay(owner, enrolled);

        await RemarkAsync(1, "the enrolment of its device was erased");
    }

    [Fact]
    public async Task Evidence_of_another_devices_report_is_named()
    {
        _device.Enrol(_log);
        _device.Witness(_log, said => said.Report.DeviceId = People.NewId());

        await FaultAsync(1, "the report that it cites is another device's");
    }

    [Fact]
    public async Task A_report_that_is_missing_from_a_chain_is_named()
    {
        _device.Enrol(_log);
        _device.Witness(_log, said => said.Chain.Reports.RemoveAt(1));

        await FaultAsync(1, "has sequence 9, not 8");
    }

    [Fact]
    public async Task Evidence_without_a_signature_that_does_not_say_why_is_named()
    {
        _device.Enrol(_log);
        _device.Witness(_log, said => said.Chain = null);

        await FaultAsync(1, "no device's signature leads to this evidence, and it does not say why");
    }

    [Fact]
    public async Task Evidence_without_a_signature_that_says_why_is_counted_apart()
    {
        _device.Enrol(_log);
        _device.Witness(_log, said => (said.Chain, said.ChainMissing) = (null, "the spool ended"));

        await RemarkAsync(1, "no device's signature leads to this evidence: the spool ended");
    }

    [Fact]
    public async Task One_number_of_a_device_with_two_hashes_is_named_with_both_entries()
    {
        _device.Enrol(_log);
        ReportCitation? first = null;
        _device.Witness(_log, said => first = said.Report);
        _device.Witness(_log, said => said.BeforeReport = new ReportCitation(first) { Hash = ByteString.CopyFrom(new byte[32]) });

        await FaultAsync(2, "with another hash than entry 1 does");
    }

    [Fact]
    public async Task A_report_within_a_chain_counts_as_well()
    {
        _device.Enrol(_log);
        ReportCitation? first = null;
        _device.Witness(_log, said => first = said.Report);
        _device.Witness(_log, said => said.BeforeReport = new ReportCitation(first) { Sequence = first!.Sequence + 1, Hash = ByteString.CopyFrom(new byte[32]) });

        await FaultAsync(2, "with another hash than entry 1 does");
    }

    private async Task FaultAsync(long index, string words)
    {
        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(1, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.Where == $"entry {index}" && fault.What.Contains(words, StringComparison.Ordinal));
    }

    private async Task RemarkAsync(long index, string words)
    {
        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Remarks, remark => remark.Where == $"entry {index}" && remark.What.Contains(words, StringComparison.Ordinal));
        Assert.Equal(0, report.Shows!.SignedByDevices);
    }
}
