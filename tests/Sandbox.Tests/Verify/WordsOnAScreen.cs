using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>A log that somebody else wrote says nothing to a terminal but letters.</summary>
public sealed class WordsOnAScreen
{
    [Fact]
    public async Task A_reason_cannot_clear_the_screen_or_begin_a_line_of_its_own()
    {
        var log = new MadeLog(Sample.Key);
        var said = new BodyErased { PersonId = People.Ada, Reason = "asked\nPROVED\u001b[2J", Programme = "IT\r", LeftOn = "\u202e2026" };
        log.Add(EntryKind.Erasure, new LogBody { BodyErased = said }, person: People.Ada);

        var screen = Summary.OnScreen(await (await log.ExportAsync()).VerifyAsync(Sample.Key));

        Assert.Contains("(IT\\u000D keeps records for 0 years, and they left on \\u202E2026): \"asked\\u000APROVED\\u001B[2J\"", screen, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', screen);
    }

    [Theory]
    [InlineData("a\u2066b\u2069", "a\\u2066b\\u2069"), InlineData("\u009b2J", "\\u009B2J"), InlineData("a\tb\u007f", "a\\u0009b\\u007F"), InlineData("a\u2028b", "a\\u2028b"), InlineData("\u200f\u061c", "\\u200F\\u061C")]
    public void What_moves_the_cursor_or_the_order_of_letters_is_spelled_out(string said, string shown) => Assert.Equal(shown, TerminalText.Of(said));

    [Theory, InlineData("Ärger im Netz – 第三章"), InlineData("\U0001F600 می‌خواهم"), InlineData("")]
    public void Letters_of_any_language_are_shown_as_they_are(string said) => Assert.Equal(said, TerminalText.Of(said));

    [Fact]
    public void A_text_of_some_lines_keeps_its_lines() => Assert.Equal($"a{Environment.NewLine}b\\u0007", TerminalText.OfLines("a\r\nb\u0007"));
}
