using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Verify.Words;
using Report = Sandbox.Verify.Words.Report;

namespace Sandbox.Tests.Verify;

/// <summary>An entry that is shown as erased needs one further on in the log that says so.</summary>
public sealed class ErasedEntries
{
    private readonly MadeLog _log = new(Sample.Key);

    public ErasedEntries() => _log.AddRole(People.Mia, "Mia Mentor", "mentor");

    [Fact]
    public async Task An_entry_that_is_shown_as_erased_without_one_that_says_so_was_held_back()
    {
        _log.Erase(_log.AddDecision(1));

        await FaultAsync("entry 1", "shown as erased, but no entry of the log says so");
    }

    [Fact]
    public async Task One_that_an_erasure_names_is_proved()
    {
        _log.EraseAndSay(People.Ada, _log.AddDecision(1));

        Assert.Equal("proved", (await ReportAsync()).Outcome);
    }

    [Theory]
    [InlineData("2001-01-01", true), InlineData("2999-01-01", false)]
    public async Task A_day_of_leaving_before_the_work_that_it_takes_is_to_be_known(string left, bool told)
    {
        var erasure = _log.EraseWhenDue(People.Ada, left, _log.AddDecision(1));

        var report = await ReportAsync();

        Assert.Equal("proved", report.Outcome);
        Assert.Equal(told, report.Remarks.Any(remark => remark.Where == $"entry {erasure}" && remark.What.StartsWith($"it says that they left on {left}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_erasure_that_the_bundle_does_not_show_says_nothing()
    {
        var erasure = _log.EraseAndSay(People.Ada, _log.AddDecision(1));

        var report = await (await _log.ExportAsync(new BundleExported { PersonId = People.Ada }, index => index != erasure)).VerifyAsync(Sample.Key);

        Assert.Contains(report.Faults, fault => fault is { Where: "entry 1", What: "shown as erased, but no entry of the log says so" });
    }

    [Fact]
    public async Task An_erasure_of_another_person_does_not_cover_it()
    {
        _log.EraseAndSay(People.Mia, _log.AddDecision(1));

        await FaultAsync("entry 1", "shown as erased, but no entry of the log says so");
    }

    [Fact]
    public async Task An_erasure_names_nothing_that_comes_after_it()
    {
        _log.AddErasure(People.Ada, (2, 2));
        _log.Erase(_log.AddDecision(1));

        var report = await ReportAsync();

        Assert.Contains(report.Faults, fault => fault is { Where: "entry 1", What: "it says that the entries 2 to 2 were erased, which do not stand before it" });
        Assert.Contains(report.Faults, fault => fault.Where == "entry 2");
    }

    [Theory, InlineData(3UL, 1UL), InlineData(0UL, ulong.MaxValue), InlineData(ulong.MaxValue, ulong.MaxValue)]
    public async Task Ranges_that_make_no_sense_are_faults(ulong first, ulong last)
    {
        _log.AddErasure(People.Ada, (first, last));

        await FaultAsync("entry 1", "which do not stand before it");
    }

    [Fact]
    public async Task What_was_to_be_erased_but_is_shown_is_to_be_known()
    {
        var decided = _log.AddDecision(1);
        _log.AddErasure(People.Ada, (0, (ulong)decided));

        var report = await ReportAsync();

        Assert.Equal("proved", report.Outcome);
        Assert.Contains(report.Remarks, remark => remark.Where == "entries 0 to 1" && remark.What.StartsWith("was to be erased", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_erasure_is_filed_under_the_person_of_whom_it_speaks()
    {
        var said = new BodyErased { PersonId = People.Mia, Reason = "they asked for it" };
        _log.Add(EntryKind.Erasure, new LogBody { BodyErased = said }, person: People.Ada);

        await FaultAsync("entry 1", "its leaf names the person");
    }

    [Fact]
    public async Task The_summary_says_how_many_were_erased_by_which_acts_and_why()
    {
        _log.EraseAndSay(People.Ada, _log.AddDecision(1), _log.AddDecision(2));

        var summary = string.Join('\n', Summary.Of(await ReportAsync()));

        Assert.Contains("The log says of 1 erasure, everybody's; 2 erased entries belong to what this bundle shows:", summary, StringComparison.Ordinal);
        Assert.Contains("entry 3: 2 entries of one person, before the end of their time (Information Technology Generalist keeps records for 5 years, and they had not left): \"they asked for it\"", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_erasures_says_nothing_of_them() =>
        Assert.DoesNotContain("The log says of", string.Join('\n', Summary.Of(await ReportAsync())), StringComparison.Ordinal);

    [Fact]
    public async Task Thousands_that_were_held_back_are_counted_and_not_all_listed()
    {
        for (var index = 1; index < 3000; index++) _log.Erase(_log.AddLookUp());

        var report = await ReportAsync();

        Assert.Equal((Findings.Most, Findings.Most + 1L), (report.Faults.Count, report.FaultCount));
    }

    [Fact]
    public async Task An_erasure_that_leaves_out_entries_of_its_person_was_made_to_hold_back_the_rest()
    {
        var (signed, revoked) = (_log.AddDecision(1), _log.AddDecision(2, decided => decided.Decision = "revoked"));
        _log.EraseAndSay(People.Ada, revoked);

        await FaultAsync($"entry {signed}", "the erasure in entry 3 leaves it out, though it is of the same person and stands before it");
    }

    [Fact]
    public async Task What_was_logged_of_them_after_an_erasure_is_no_part_of_it()
    {
        _log.EraseAndSay(People.Ada, _log.AddLookUp());
        _log.AddLookUp();

        Assert.Equal("proved", (await ReportAsync()).Outcome);
    }

    [Fact]
    public async Task What_an_erasure_leaves_out_is_counted_and_not_all_listed()
    {
        for (var index = 1; index < 3000; index++) _log.AddLookUp();
        _log.EraseAndSay(People.Ada, _log.AddDecision(1));

        var report = await ReportAsync();

        Assert.Equal((Findings.Most, Findings.Most + 1L), (report.Faults.Count, report.FaultCount));
    }

    [Fact]
    public async Task An_erasure_of_nobody_covers_nothing_that_is_nobodys()
    {
        var transition = _log.Add(EntryKind.Transition, new LogBody { VerdictChanged = new() });
        _log.Erase(transition);
        var erasure = _log.AddErasure(Google.Protobuf.ByteString.Empty, ((ulong)transition, (ulong)transition));

        await FaultAsync($"entry {transition}", "shown as erased, but its leaf names nobody");
        await FaultAsync($"entry {erasure}", "it says that entries were erased, and not whose");
    }

    [Theory, InlineData(EntryKind.Key), InlineData(EntryKind.Policy), InlineData(EntryKind.Programme), InlineData(EntryKind.Erasure)]
    public async Task What_is_no_one_persons_is_never_erased(EntryKind kind)
    {
        _log.EraseAndSay(People.Ada, _log.Add(kind, new LogBody(), person: People.Ada));

        await FaultAsync("entry 1", $"shown as erased, but an entry of the kind '{kind.ToString().ToLowerInvariant()}', of which nothing is ever erased");
    }

    [Fact]
    public async Task Of_one_persons_bundle_the_summary_does_not_say_that_these_are_all_erasures()
    {
        _log.EraseAndSay(People.Ada, _log.AddDecision(1));

        var report = await (await _log.ExportAsync(new BundleExported { PersonId = People.Ada })).VerifyAsync(Sample.Key);

        Assert.Contains("The bundle shows 1 erasure of which the log says; 1 erased entry belongs to what this bundle shows:", string.Join('\n', Summary.Of(report)), StringComparison.Ordinal);
    }

    private async Task<Report> ReportAsync() => await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

    private async Task FaultAsync(string where, string what)
    {
        var report = await ReportAsync();
        Assert.Contains(report.Faults, fault => fault.Where == where && fault.What.Contains(what, StringComparison.Ordinal));
        Assert.Equal("faults", report.Outcome);
    }
}
