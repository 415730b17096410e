using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Record;
using Sandbox.Protocol;
using Sandbox.Server.Export;
using Sandbox.Storage.Log;

namespace Sandbox.Tests.Export;

/// <summary>The Work Process Schedule as entries of the log fill it in.</summary>
public sealed class FilledSchedules
{
    private static readonly Guid Elif = new("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    private readonly List<PlacedEntry> _entries = [];

    [Fact]
    public void A_line_shows_who_signed_it_and_when()
    {
        Decided("signed", "Mara Kessler");

        var line = Line();

        Assert.Equal(("2026-11-20 Mara Kessler", "mentor, password, entry 0"), (ScheduleWords.Decision(line.Ojt), ScheduleWords.SmallPrint(line.Ojt)));
        Assert.Equal("", ScheduleWords.Decision(line.Ri));
    }

    [Fact]
    public void The_last_decision_stands()
    {
        Decided("signed", "Mara Kessler");
        Decided("revoked", "Ada Admin", "it was copied");

        Assert.False(Line().Ojt.IsSigned);
        Assert.Equal("revoked 2026-11-20 Ada Admin", ScheduleWords.Decision(Line().Ojt));
        Assert.EndsWith("entry 1: it was copied", ScheduleWords.SmallPrint(Line().Ojt), StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_by_passkey_is_shown_as_that()
    {
        var decided = new LineDecided { PersonId = LogId.Of(Elif), Line = "1.3", Column = "ojt", Decision = "signed", DecidedByName = "Mara Kessler", Role = "mentor" };
        Add(new LogBody { SignedDecision = new SignedDecision { Decision = decided.ToByteString() } });

        Assert.True(Line().Ojt.IsSigned);
        Assert.StartsWith("mentor, passkey", ScheduleWords.SmallPrint(Line().Ojt), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("held", 1), InlineData("watched", 1), InlineData("undone", 0), InlineData("discounted", 0)]
    public void Evidence_is_shown_as_its_last_statement_has_it(string last, int shown)
    {
        var id = Guid.NewGuid();
        Stated(id, "watched", "E1");
        Stated(id, last, "E2");

        var pieces = Line().Evidence;

        Assert.Equal(shown, pieces.Count);
        Assert.All(pieces, piece => Assert.Equal(("E2", 1L), (piece.Grade, piece.Entry)));
    }

    [Fact]
    public void Another_persons_entries_are_left_out()
    {
        Decided("signed", "Mara Kessler", of: Guid.NewGuid());
        Stated(Guid.NewGuid(), "held", "E2", of: Guid.NewGuid());

        Assert.All(Filled().Lines, line => Assert.True(line is { Evidence.Count: 0, Ojt.Last: null, Ri.Last: null }));
    }

    [Fact]
    public void Hours_of_work_and_of_instruction_are_kept_apart_and_what_was_withdrawn_counts_for_neither()
    {
        Learnt("ri", 90);
        Learnt("ojt", 30);
        var gone = Learnt("ri", 600);
        gone = gone.Clone();
        gone.WithdrawnBy = LogId.Of(Elif);
        Add(new LogBody { LearningEntered = gone });

        Assert.Equal((0.5, 1.5), (Filled().OjtHours, Filled().RiHours));
    }

    [Fact]
    public void Every_line_of_the_schedule_is_there_in_its_order()
    {
        var lines = Filled().Lines.Select(line => line.Line.Id).ToList();

        Assert.Equal(["1.1", "1.2"], lines[..2]);
        Assert.Equal("7.7", lines[^1]);
    }

    [Fact]
    public void A_formula_in_a_name_is_no_formula_in_the_table()
    {
        Stated(Guid.NewGuid(), "held", "E2", target: "x");
        Decided("signed", "=HYPERLINK(\"http://attacker.example\")");

        Assert.Contains("'=HYPERLINK", ScheduleCsv.Of(Filled()), StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", ScheduleCsv.Of(Filled()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_a_name_is_no_markup_in_the_page()
    {
        Decided("signed", "<script>alert(1)</script>");

        var page = await ScheduleHtml.OfAsync(Filled(), new ScopeWords("entries about Elif", 7));

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_print_has_every_line_and_signature_on_pages_that_are_numbered()
    {
        Decided("signed", "Mara Kessler");
        for (var i = 0; i < 400; i++) Stated(Guid.NewGuid(), "held", "E2", target: $"account-{i}-{new string('w', 90)}");

        using var print = UglyToad.PdfPig.PdfDocument.Open(SchedulePdf.Of(Filled(), new ScopeWords("entries about Elif", 7)));
        var text = string.Concat(print.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text + " "));

        Assert.True(print.NumberOfPages > 5);
        Assert.All(["2026-11-20", "Mara", "Kessler"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.All(Filled().Lines, line => Assert.Contains(line.Line.Id, text, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 400), i => Assert.Contains($"account-{i}-", text, StringComparison.Ordinal));
        Assert.Contains($"page {print.NumberOfPages} of {print.NumberOfPages}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_says_what_to_type_and_shows_the_key_for_comparison_alone()
    {
        var text = BundleReadme.Of(new ScopeWords("entries about Elif Yilmaz", 812), ["lab.example/evidence+2c556326+AQ"], noPdf: null);

        Assert.Contains("sandbox-verify THIS-FILE.zip --key 'VERIFIER-KEY'", text, StringComparison.Ordinal);
        Assert.Contains("  lab.example/evidence+2c556326+AQ\n", text, StringComparison.Ordinal);
        Assert.Contains("entries about Elif Yilmaz; the first 812 entries", text, StringComparison.Ordinal);
        Assert.Contains("""{"index":N,"salt":HEX,"body":BASE64}""", text, StringComparison.Ordinal);
        Assert.Equal(text.Length, Encoding.ASCII.GetByteCount(text));
    }

    private FilledSchedule Filled() => FilledSchedule.Of(Elif, "Elif Yilmaz", _entries);

    private FilledLine Line() => Filled().Lines.Single(line => line.Line.Id == "1.3");

    private void Add(LogBody body) => _entries.Add(new PlacedEntry(_entries.Count, Then, body, new byte[16]));

    private void Decided(string decision, string by, string? words = null, Guid? of = null)
    {
        var decided = new LineDecided { PersonId = LogId.Of(of ?? Elif), Line = "1.3", Column = "ojt", Decision = decision, DecidedByName = by, Role = "mentor", ConfirmedBy = "password" };
        if (words is not null) decided.Words = words;
        Add(new LogBody { LineDecided = decided });
    }

    private LearningEntered Learnt(string column, uint minutes)
    {
        var learnt = new LearningEntered { Id = LogId.Of(Guid.NewGuid()), PersonId = LogId.Of(Elif), Line = "7.4", Column = column, Day = "2026-11-19", Source = "a course", Minutes = minutes };
        Add(new LogBody { LearningEntered = learnt });
        return learnt;
    }

    private void Stated(Guid id, string state, string grade, string target = "noor", Guid? of = null) => Add(new LogBody
    {
        Evidence = new EvidenceStatement
        {
            EvidenceId = LogId.Of(id), PersonId = LogId.Of(of ?? Elif), Line = "1.3", State = state, Grade = grade, Target = target, After = "added", DeviceId = ByteString.CopyFrom(new byte[16]), ChangedAt = Then.ToTimestamp(),
        },
    });
}
