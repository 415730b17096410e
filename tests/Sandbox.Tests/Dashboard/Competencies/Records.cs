using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Lines;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>What apprentices enter of what they did, read or were taught.</summary>
public sealed class Records : LinesTest
{
    private const string Learnt = "How certificates expire unseen. We should alert on the days that are left. I asked the speaker what they use, and wrote it down for us.";

    private DateTime Today => Server.Time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_course_is_entered_with_the_hash_of_its_certificate_and_signed_by_a_mentor()
    {
        using var apprentice = await AsApprenticeAsync();
        var certificate = RandomNumberGenerator.GetBytes(3000);

        Done(await EnterAsync(apprentice, "ri", day: "2026-10-02", source: "City college, Linux administration", hours: "12,5", file: certificate));

        var record = await Server.InStoreAsync(db => db.LearningRecords.SingleAsync(Ct));
        Assert.Equal((LineColumn.Ri, new DateOnly(2026, 10, 2), 750, "certificate.pdf", 3000L, Apprentice.Id), (record.Column, record.Day, record.Minutes, record.FileName, record.FileSize, record.EnteredBy));
        Assert.Equal(SHA256.HashData(certificate), record.FileHash);
        var said = Assert.Single(await EnteredAsync());
        Assert.Equal(("1.3", "ri", "2026-10-02", 750u, false), (said.Line, said.Column, said.Day, said.Minutes, said.HasWithdrawnBy));
        Assert.Equal(SHA256.HashData(certificate), said.FileHash.ToByteArray());

        using var mentor = await AsMentorAsync();
        Assert.Contains("data-waiting=\"1.3-ri\"", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
        Done(await DecideAsync(mentor, Url, "sign", column: "ri"));
        var seen = Assert.Single(Assert.Single(await DecidedAsync()).Records);
        Assert.Equal((record.Id, "City college, Linux administration", 750u), (new Guid(seen.Id.Span, bigEndian: true), seen.Source, seen.Minutes));

        // What was signed for and is withdrawn later must not stay unseen.
        Done(await apprentice.SendFormOfAsync(Url, $"{Url}/records/{record.Id}/withdraw"));
        Assert.Contains("signed, look again", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
        Assert.Contains("withdrawn since", await mentor.ReadAsync(Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_any_form_may_be_gets_words_and_not_a_broken_connection()
    {
        using var apprentice = await AsApprenticeAsync();

        var answer = await EnterAsync(apprentice, "ri", day: "2026-10-02", source: "City college", hours: "3", file: new byte[31_000_000]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("of a file at most 20 MB", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await EnteredAsync());
    }

    [Fact]
    public async Task Instruction_is_not_signed_without_a_record_of_it()
    {
        using var mentor = await AsMentorAsync();

        await RefusedAsync(await DecideAsync(mentor, Url, "sign", "She surely learnt it.", column: "ri"), "enter the course first");
    }

    [Theory]
    [InlineData("ri", "", "College", "3", "", "Say on which day")]
    [InlineData("ri", "2.10.2026", "College", "3", "", "is no day")]
    [InlineData("ri", "2126-10-02", "College", "3", "", "still to come")]
    [InlineData("ri", "1926-10-02", "College", "3", "", "too long ago")]
    [InlineData("ri", "2026-10-02", " ", "3", "", "Say who taught")]
    [InlineData("ri", "2026-10-02", "College", "", "", "how many hours")]
    [InlineData("ri", "2026-10-02", "College", "many", "", "no number of hours")]
    [InlineData("ri", "2026-10-02", "College", "0", "", "Hours go from")]
    [InlineData("ri", "2026-10-02", "College", "2001", "", "Hours go from")]
    [InlineData("ojt", "2026-10-02", "Bench 4", "", "too little", "Say what was done")]
    public async Task What_makes_no_sense_is_refused_and_stays_in_the_form(string column, string day, string source, string hours, string summary, string words)
    {
        using var apprentice = await AsApprenticeAsync();

        var answer = await EnterAsync(apprentice, column, day, source, hours, summary);

        await RefusedAsync(answer, words);
        if (source.Trim().Length > 0) Assert.Contains($"value=\"{source}\"", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(db => db.LearningRecords.CountAsync(Ct)));
    }

    [Theory]
    [InlineData(31, Learnt, "more than 30 days ago"), InlineData(3, "I read a book about it.", "in three sentences")]
    public async Task The_learning_log_is_kept_as_one_goes_and_in_sentences(int daysAgo, string summary, string words)
    {
        using var apprentice = await AsApprenticeAsync();

        await RefusedAsync(await EnterAsync(apprentice, "ojt", $"{Today.AddDays(-daysAgo):yyyy-MM-dd}", "Conference", "", summary, line: "7.4"), words);
    }

    [Fact]
    public async Task An_entry_of_the_learning_log_waits_for_a_mentor()
    {
        using var apprentice = await AsApprenticeAsync();
        Done(await EnterAsync(apprentice, "ojt", $"{Today.AddDays(-30):yyyy-MM-dd}", "Admins' evening", "", Learnt, line: "7.4"));

        using var mentor = await AsMentorAsync();
        Assert.Contains("data-waiting=\"7.4-ojt\"", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_twice_is_refused_and_what_is_withdrawn_stays_to_be_read()
    {
        using var apprentice = await AsApprenticeAsync();
        Done(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3", ""));
        await RefusedAsync(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3", ""), "entered already");
        var record = await Server.InStoreAsync(db => db.LearningRecords.SingleAsync(Ct));

        Done(await apprentice.SendFormOfAsync(Url, $"{Url}/records/{record.Id}/withdraw"));

        Assert.Contains("withdrawn", await apprentice.ReadAsync(Url), StringComparison.Ordinal);
        Assert.Equal([false, true], (await EnteredAsync()).Select(said => said.HasWithdrawnBy));
        await RefusedAsync(await apprentice.SendFormOfAsync(Url, $"{Url}/records/{record.Id}/withdraw"), "withdrawn already");
        using var mentor = await AsMentorAsync();
        Assert.DoesNotContain("data-waiting=", await mentor.ReadAsync("/competencies"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_that_the_file_must_be_chosen_again_and_with_it_the_record_is_another()
    {
        using var apprentice = await AsApprenticeAsync();
        await RefusedAsync(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "", file: [1]), "Choose the file again, too.");

        Done(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3"));
        Done(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3", file: [1]));

        Assert.Equal(2, await Server.InStoreAsync(db => db.LearningRecords.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_in_words_about_its_size()
    {
        using var apprentice = await AsApprenticeAsync();

        var answer = await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3", file: new byte[20_200_000]);

        Assert.Contains("20 MB", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(db => db.LearningRecords.CountAsync(Ct)));
    }

    [Fact]
    public async Task Who_withdrew_it_is_said()
    {
        using var apprentice = await AsApprenticeAsync();
        Done(await EnterAsync(apprentice, "ri", "2026-10-02", "College", "3"));
        var record = await Server.InStoreAsync(db => db.LearningRecords.SingleAsync(Ct));
        using var mentor = await AsMentorAsync();

        Done(await mentor.SendFormOfAsync(Url, $"{Url}/records/{record.Id}/withdraw"));

        Assert.Matches("withdrawn [-0-9: ]+ UTC by Mara Kessler", await apprentice.ReadAsync(Url));
    }

    [Fact]
    public async Task A_mentor_is_told_that_somebody_else_handed_in_the_same_file_and_an_apprentice_is_not()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        var hash = SHA256.HashData([7]);
        await Server.InStoreAsync(async db =>
        {
            foreach (var person in new[] { Apprentice.Id, noor.Id })
                db.LearningRecords.Add(new LearningRecord { Id = Guid.NewGuid(), PersonId = person, Line = "1.3", Column = LineColumn.Ri, Day = new DateOnly(2026, 10, 2), Source = "College", Minutes = 60, FileName = "c.pdf", FileSize = 1, FileHash = hash, EnteredAt = Server.Time.GetUtcNow(), EnteredBy = person });
            return await db.SaveChangesAsync(Ct);
        });
        using var mentor = await AsMentorAsync();
        using var apprentice = await AsApprenticeAsync();

        Assert.Contains("Noor Haddad handed in exactly this file, too", await mentor.ReadAsync(Url), StringComparison.Ordinal);
        Assert.DoesNotContain("Noor", await apprentice.ReadAsync(Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentor_enters_for_an_apprentice_and_an_apprentice_for_nobody_else()
    {
        using var mentor = await AsMentorAsync();
        Done(await EnterAsync(mentor, "ri", "2026-10-02", "College", "3", ""));
        Assert.Equal(Mentor.Id, (await Server.InStoreAsync(db => db.LearningRecords.SingleAsync(Ct))).EnteredBy);

        using var other = await AsAsync(Roles.Apprentice);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendFormOfAsync("/", $"{Url}/ri/records", ("day", "2026-10-02"), ("source", "College"), ("hours", "3"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendFormOfAsync("/", $"{Url}/records/{Guid.NewGuid()}/withdraw")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Auditor)]
    public async Task Nobody_else_enters_or_withdraws(string role)
    {
        using var visitor = await AsAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"{Url}/ri/records", ("day", "2026-10-02"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"{Url}/records/{Guid.NewGuid()}/withdraw")).StatusCode);
        Assert.DoesNotContain("/records\"", await visitor.ReadAsync(Url), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> EnterAsync(Visitor who, string column, string day, string source, string hours, string summary = "", byte[]? file = null, string line = "1.3") =>
        who.SendFileOfAsync(UrlOf(line), $"{UrlOf(line)}/{column}/records", file, ("day", day), ("source", source), ("hours", hours), ("summary", summary));

    private Task<IReadOnlyList<LearningEntered>> EnteredAsync() => Server.InStoreAsync<IReadOnlyList<LearningEntered>>(async db =>
        [.. (await db.LogEntries.AsNoTracking().Where(e => e.Kind == EntryKind.Learning).OrderBy(e => e.Id).Select(e => e.Body!).ToListAsync(Ct)).Select(body => LogBody.Parser.ParseFrom(body).LearningEntered)]);
}
