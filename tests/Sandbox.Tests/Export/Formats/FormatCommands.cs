using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Storage.Log;
using Sandbox.Tests.Sequencing;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Export.Formats;

/// <summary><c>sandbox-server evidence export FILE --format ...</c> on a server's folder.</summary>
public sealed class FormatCommands : IAsyncLifetime
{
    private LoggedFolder _log = null!;
    private string _person = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_log.Folder.Data, "exported");

    public async ValueTask InitializeAsync()
    {
        _log = await LoggedFolder.OfAsync(3);
        await using var db = _log.Open();
        _person = (await db.Users.SingleAsync(Ct)).UserName!;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Badges_are_a_token_a_line()
    {
        await SignAsync("ojt", "ri");

        await Commands.DoneAsync(_log.Folder, "evidence", "export", Target, "--format", "badges", "--person", _person);

        Assert.Equal(3, Assert.Single(await File.ReadAllLinesAsync(Target, Ct)).Split('.').Length);
        if (!System.OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData("badges"), InlineData("clr"), InlineData("xapi"), InlineData("oscal"), InlineData("ocsf")]
    public async Task What_tells_of_people_is_told_in_the_log(string format)
    {
        await SignAsync("ojt", "ri");

        await Commands.DoneAsync(_log.Folder, "evidence", "export", Target, "--format", format, "--person", _person);

        await using var db = _log.Open();
        var entry = await db.LogEntries.SingleAsync(x => x.Kind == EntryKind.Export, Ct);
        Assert.Equal(format, LogBody.Parser.ParseFrom(entry.Body).Exported.Format);
        Assert.StartsWith($"a document for another system ({format}) was made of one person's entries", EntryWords.Of(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_scope_that_was_erased_as_a_whole_OSCAL_has_the_time_of_its_last_leaf()
    {
        await using (var db = _log.Open())
        {
            await db.LogEntries.Where(x => x.PersonId != null).ExecuteUpdateAsync(set => set.SetProperty(x => x.Salt, (byte[]?)null).SetProperty(x => x.Body, (byte[]?)null), Ct);
        }

        await Commands.DoneAsync(_log.Folder, "evidence", "export", Target, "--format", "oscal", "--person", _person);

        var modified = (string?)Record.At(JsonNode.Parse(await File.ReadAllTextAsync(Target, Ct)), "assessment-results.metadata.last-modified");
        Assert.Equal(TimeProvider.System.GetUtcNow().Year, DateTimeOffset.Parse(modified!, System.Globalization.CultureInfo.InvariantCulture).Year);
    }

    [Fact]
    public async Task The_bare_schedule_tells_of_nobody_and_leaves_no_entry()
    {
        await Commands.DoneAsync(_log.Folder, "evidence", "export", Target, "--format", "case");

        Assert.NotNull(JsonNode.Parse(await File.ReadAllTextAsync(Target, Ct))!["CFDocument"]);
        Assert.Equal(0, await ExportsAsync());
    }

    [Theory]
    [InlineData("badges"), InlineData("clr")]
    public async Task Badges_are_one_persons(string format) => await RefusedAsync("say whose with --person NAME", format);

    [Fact]
    public async Task Who_has_earned_nothing_is_told_and_it_leaves_no_entry()
    {
        await SignAsync("ojt");

        await RefusedAsync("has no line of which both columns are signed", "clr", "--person", _person);

        Assert.Equal(0, await ExportsAsync());
    }

    [Fact]
    public async Task A_period_that_ends_gives_no_badges()
    {
        await SignAsync("ojt", "ri");

        await RefusedAsync("Leave --until away", "badges", "--person", _person, "--until", "2999-01-01");
    }

    [Fact]
    public async Task A_format_that_is_not_known_is_refused() => Assert.NotEqual(0, (await Commands.RunAsync(_log.Folder, "evidence", "export", Target, "--format", "scorm")).Code);

    private async Task RefusedAsync(string words, string format, params string[] more)
    {
        var (code, _, error) = await Commands.RunAsync(_log.Folder, ["evidence", "export", Target, "--format", format, .. more]);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    private async Task<int> ExportsAsync()
    {
        await using var db = _log.Open();
        return await db.LogEntries.CountAsync(x => x.Kind == EntryKind.Export, Ct);
    }

    private async Task SignAsync(params string[] columns)
    {
        await using (var db = _log.Open())
        {
            var who = (await db.Users.SingleAsync(Ct)).Id;
            foreach (var column in columns)
            {
                var decided = new LineDecided { Id = LogId.Of(Guid.NewGuid()), PersonId = LogId.Of(who), Line = "1.3", Column = column, Decision = "signed", DecidedByName = "Mara Kessler", Role = "mentor", ConfirmedBy = "password" };
                db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, TimeProvider.System.GetUtcNow(), new LogBody { LineDecided = decided }, person: who));
            }
            await db.SaveChangesAsync(Ct);
        }
        await _log.RunAsync();
    }
}
