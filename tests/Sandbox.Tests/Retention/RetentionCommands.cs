using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Tests.LabBackups;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Retention;

/// <summary>Programmes, exits and holds on the command line.</summary>
public sealed class RetentionCommands : IAsyncLifetime
{
    private const string First = "Information Technology Generalist";

    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 3);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task One_programme_is_always_there_and_keeps_records_for_five_years() =>
        Assert.Equal($"NAME\tYEARS KEPT\tPEOPLE\n{First}\t5\t1\n", await DoneAsync("programmes", "list"));

    [Fact]
    public async Task A_programme_is_added_listed_and_changed_and_each_is_an_entry()
    {
        Assert.Contains("keeps records for 5 years", await DoneAsync("programmes", "add", "Cyber Security"), StringComparison.Ordinal);
        Assert.Contains("for 10 years after an apprentice left, no longer for 5 years", await DoneAsync("programmes", "set", "cyber security", "--years", "10"), StringComparison.Ordinal);

        Assert.Contains("Cyber Security\t10\t0", await DoneAsync("programmes", "list"), StringComparison.Ordinal);
        Assert.Contains("\"yearsKept\": 10", await DoneAsync("programmes", "list", "--json"), StringComparison.Ordinal);
        Assert.Equal([5U, 10U], (await SaidAsync(EntryKind.Programme)).Select(x => x.ProgrammeSaid.YearsKept));
    }

    [Fact]
    public async Task The_same_years_again_are_no_entry()
    {
        await DoneAsync("programmes", "set", First, "--years", "5");

        Assert.Empty(await SaidAsync(EntryKind.Programme));
    }

    [Theory]
    [InlineData("There is already a programme called information technology generalist", "programmes", "add", "information technology generalist")]
    [InlineData("1 to 100 years", "programmes", "add", "Other", "--years", "0")]
    [InlineData("1 to 100 years", "programmes", "set", First, "--years", "101")]
    [InlineData("1 to 100 printable characters", "programmes", "add", " ")]
    [InlineData("There is no programme 'Cooking'", "people", "programme", "elif", "Cooking")]
    [InlineData("They are in that programme already", "people", "programme", "elif", First)]
    [InlineData("'yesterday' is no day", "people", "exit", "elif", "--on", "yesterday")]
    [InlineData("They cannot have left on 2999-01-01", "people", "exit", "elif", "--on", "2999-01-01")]
    [InlineData("They have not left", "people", "return", "elif")]
    [InlineData("There is no person 'eli'. Near it: elif.", "people", "exit", "eli", "--on", "2026-01-01")]
    [InlineData("Say why", "retention", "hold", "elif", "--reason", " ")]
    [InlineData("Nothing holds this record", "retention", "release", "elif", "--reason", "over")]
    public async Task What_makes_no_sense_is_refused_in_words_with_2(string words, params string[] args)
    {
        var (code, _, error) = await Commands.RunAsync(_lab.Folder, args);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_left_is_kept_for_the_years_of_the_programme_and_then_due()
    {
        Assert.Contains("the record is kept until 2025-03-01", await DoneAsync("people", "exit", "elif", "--on", "2020-03-01"), StringComparison.Ordinal);

        Assert.Contains($"elif\t{First}\t2020-03-01\t2025-03-01\tdue", await DoneAsync("retention", "list", "--due"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_number_of_years_moves_the_day_for_all()
    {
        await DoneAsync("people", "exit", "elif", "--on", "2020-03-01");

        await DoneAsync("programmes", "set", First, "--years", "50");

        Assert.Contains("2070-03-01\tkept", await DoneAsync("retention", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain("elif", await DoneAsync("retention", "list", "--due"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exit_from_another_programme_counts_by_its_years()
    {
        await DoneAsync("programmes", "add", "Cyber Security", "--years", "10");

        var said = await DoneAsync("people", "exit", "elif", "--on", "2020-02-29", "--programme", "Cyber Security");

        Assert.Contains("elif left Cyber Security on 2020-02-29: the record is kept until 2030-02-28", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exit_is_taken_back_and_both_are_entries()
    {
        await DoneAsync("people", "exit", "elif", "--on", "2020-03-01");
        await DoneAsync("people", "return", "elif");

        Assert.Equal([("left", "2020-03-01"), ("returned", "")], (await SaidAsync(EntryKind.Retention)).Select(x => (x.RetentionSaid.What, x.RetentionSaid.LeftOn)));
        Assert.Contains("in the programme", await DoneAsync("retention", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_and_its_release_are_entries_with_their_reasons()
    {
        await DoneAsync("retention", "hold", "elif", "--reason", "case 12-3");
        Assert.Contains("held: case 12-3", await DoneAsync("retention", "list"), StringComparison.Ordinal);
        await DoneAsync("retention", "release", "elif", "--reason", "settled");

        var said = (await SaidAsync(EntryKind.Retention)).ConvertAll(x => x.RetentionSaid);
        Assert.Equal([("held", "case 12-3", ""), ("released", "", "settled")], said.Select(x => (x.What, x.HeldFor, x.Words)));
        Assert.All(said, x => Assert.False(x.HasSaidBy));
    }

    [Fact]
    public async Task A_second_hold_is_refused_and_the_first_stands()
    {
        await DoneAsync("retention", "hold", "elif", "--reason", "case 12-3");

        var (code, _, error) = await Commands.RunAsync(_lab.Folder, "retention", "hold", "elif", "--reason", "another");

        Assert.Equal(2, code);
        Assert.Contains("case 12-3. Release that first", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_added_to_a_programme()
    {
        await DoneAsync("programmes", "add", "Cyber Security");

        await DoneAsync("people", "add", "noor", "--role", "apprentice", "--programme", "Cyber Security");

        Assert.Contains("noor\tCyber Security\t\t\tin the programme", await DoneAsync("retention", "list"), StringComparison.Ordinal);
        Assert.Contains("\"programme\": \"Cyber Security\"", await DoneAsync("retention", "list", "--json"), StringComparison.Ordinal);
    }

    private Task<string> DoneAsync(params string[] args) => Commands.DoneAsync(_lab.Folder, args);

    private async Task<List<LogBody>> SaidAsync(EntryKind kind)
    {
        await using var db = _lab.Open();
        return (await db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct)).ConvertAll(LogBody.Parser.ParseFrom);
    }
}
