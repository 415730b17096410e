using System.Text.Json;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>A bundle with which nothing is wrong.</summary>
public sealed class GoodBundles
{
    [Fact]
    public async Task A_bundle_is_proved_by_the_key_from_paper()
    {
        var report = await (await (await Sample.LogAsync()).ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Empty(report.Faults);
        Assert.Empty(report.Remarks);
        Assert.Equal(("proved", 0, 291L), (report.Outcome, report.ExitCode, report.Size!.Value));
        Assert.Equal((290L, 0L, 3, 1L, 0L), (report.Shows!.Disclosed, report.Shows.Erased, report.Shows.Documents, report.Shows.SignedByDevices, report.Shows.UnsignedByDevices));
    }

    [Fact]
    public async Task It_is_told_in_words_who_signed_what_and_what_is_not_proved()
    {
        var words = string.Join('\n', Summary.Of(await (await (await Sample.LogAsync()).ExportAsync()).VerifyAsync(Sample.Key)));

        Assert.Contains("Without a witness order is proved and time is not", words, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 17:00Z  1.3 OJT of Ada Lovelace: signed by Mia Mentor (mentor), entry 3", words, StringComparison.Ordinal);
        Assert.Contains("signed in with a password, which was asked for again: the server vouches for it", words, StringComparison.Ordinal);
        Assert.Contains("signed with the passkey", words, StringComparison.Ordinal);
        Assert.Contains("PROVED: nothing shown here was altered", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_is_told_to_programs()
    {
        var report = await (await (await Sample.LogAsync()).ExportAsync()).VerifyAsync(Sample.Key);

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, ReportJson.Default.Report));
        Assert.Equal("proved", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("shows").GetProperty("decisions").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("faults").GetArrayLength());
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(254), InlineData(255), InlineData(256), InlineData(511)]
    public async Task A_log_of_any_size_is_proved(long size)
    {
        var log = new MadeLog(Sample.Key);
        log.Fill(size);

        Assert.Equal("proved", (await (await log.ExportAsync()).VerifyAsync(Sample.Key)).Outcome);
    }

    [Fact]
    public async Task The_entry_of_one_document_alone_binds_no_bundle()
    {
        var report = await (await (await Sample.LogAsync()).ExportAsync(new BundleExported { Format = "oscal" })).VerifyAsync(Sample.Key);

        Assert.Contains(report.Faults, fault => fault.Where == BundlePath.Export && fault.What.StartsWith("it is the entry of one document alone (oscal), not of a bundle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_out_of_scope_may_be_left_out()
    {
        var log = await Sample.LogAsync();
        var bundle = await log.ExportAsync(new BundleExported { PersonId = People.Ada }, index => index < 7);

        Assert.Equal("proved", (await bundle.VerifyAsync(Sample.Key)).Outcome);
    }

    [Fact]
    public async Task Of_a_choice_of_lines_it_is_said_that_it_may_not_be_complete()
    {
        var log = await Sample.LogAsync();
        var bundle = await log.ExportAsync(new BundleExported { PersonId = People.Ada, Lines = { "1.3" } }, index => index is 0 or 1 or 3 or 4 or 5 or 6);

        var report = await bundle.VerifyAsync(Sample.Key);

        Assert.Equal("proved", report.Outcome);
        Assert.Contains(report.Remarks, remark => remark.What.StartsWith("1 entries of the people", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_erased_is_counted()
    {
        var (log, gone) = (await Sample.LogAsync(), People.NewId());
        log.EraseAndSay(gone, log.AddRole(gone, "Noor Haddad", "apprentice"));

        var report = await (await log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(("proved", 1L, 1), (report.Outcome, report.Shows!.Erased, report.Shows.Erasures.Count));
    }

    [Fact]
    public async Task The_tiles_alone_are_a_log_without_bodies()
    {
        var bundle = await (await Sample.LogAsync()).ExportAsync();
        foreach (var path in bundle.Files.Keys.Where(path => path != "checkpoint" && !path.StartsWith("tile/", StringComparison.Ordinal)).ToList()) bundle.Files.Remove(path);

        var report = await bundle.VerifyAsync(Sample.Key);

        Assert.Equal("proved", report.Outcome);
        Assert.Null(report.Shows);
        Assert.Contains("this is a log's tree and no bundle", Assert.Single(report.Remarks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_came_later_is_to_be_known_and_no_fault()
    {
        var log = await Sample.LogAsync();
        log.Add(System.Text.Encoding.ASCII.GetBytes($"sandbox-log/v1\nkind hologram\ntime 2026-11-23T17:30:00.000000Z\nbody {new string('a', 64)}\n"));
        var index = log.Size - 1;

        var report = await (await log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Remarks, remark => remark.Where == $"entry {index}" && remark.What.Contains("'hologram'", StringComparison.Ordinal));
    }
}
