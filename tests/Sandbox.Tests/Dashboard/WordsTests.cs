using Sandbox.Server.Dashboard.Facts;
using Sandbox.Server.Dashboard.OneDevice;
using Sandbox.Server.Dashboard.Words;

namespace Sandbox.Tests.Dashboard;

public sealed class WordsTests
{
    [Theory]
    [InlineData(-5, "0 s"), InlineData(59.9, "59 s"), InlineData(60, "1 min"), InlineData(3599, "59 min"), InlineData(3600, "1 h"), InlineData(172800, "2 d")]
    public void An_age_is_told_in_its_largest_whole_unit(double seconds, string words) => Assert.Equal(words, Ages.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-5, "over"), InlineData(0.4, "over"), InlineData(59.9, "59 s"), InlineData(64, "1 min 4 s"), InlineData(3599, "59 min 59 s"), InlineData(3660, "1 h 1 min"), InlineData(172800, "2 d")]
    public void What_is_left_is_told_to_the_second_when_it_is_little(double seconds, string words) => Assert.Equal(words, Ages.Left(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B"), InlineData(1023, "1023 B"), InlineData(1024, "1 KiB"), InlineData(268_435_456, "256 MiB"), InlineData(512_110_190_592, "476.9 GiB")]
    public void A_size_is_told_in_binary_units(double bytes, string words) => Assert.Equal(words, FactText.Bytes(bytes));

    [Theory, InlineData(18, "022"), InlineData(63, "077"), InlineData(0, "000")]
    public void A_mask_is_told_in_octal_as_people_write_it(uint mask, string words) => Assert.Equal(words, FactText.Of(Sandbox.Protocol.PasswordPolicy.Descriptor.FindFieldByNumber(Sandbox.Protocol.PasswordPolicy.DefaultUmaskFieldNumber), mask));

    [Theory]
    [InlineData(0, "1970-01-01"), InlineData(20_760, "2026-11-03"), InlineData(-1, "1969-12-31"), InlineData(99_999_999, "day 99999999")]
    public void A_day_of_shadow_is_told_as_a_date(long day, string words) => Assert.Equal(words, FactText.Day(day));

    [Theory]
    [InlineData(null, false), InlineData(5000L, false), InlineData(5001L, true), InlineData(-5001L, true)]
    public void A_clock_is_off_beyond_five_seconds(long? offset, bool off) => Assert.Equal(off, ClockWords.IsOff(offset));

    [Theory]
    [InlineData("notapplicable", "does not apply"), InlineData("pass", "pass"), InlineData("unknown", "unknown"), InlineData("7", "7"), InlineData("of a later build", "of a later build")]
    public void A_verdict_of_the_log_is_told_in_the_words_of_the_pages(string name, string words) => Assert.Equal(words, Verdicts.Word(name));

    [Theory]
    [InlineData("", "Password update interval"), InlineData("elif", "Password update interval of elif"), InlineData("(accounts)", "Password update interval of all accounts")]
    [InlineData("(directory accounts)", "Password update interval of accounts that a directory has")]
    public void A_rule_says_of_what_it_was_asked(string subject, string words) => Assert.Equal(words, RuleWords.Of("password.max_age_days", subject));

    [Theory]
    [InlineData("pwquality.maxrepeat", "Quality of passwords: Maxrepeat"), InlineData("login_defs.umask", "login.defs: Umask"), InlineData("file.shadow.mode", "Mode of /etc/shadow"), InlineData("file.gshadow_copy.owner", "Owner of /etc/gshadow-"), InlineData("software.licences", "Licence")]
    public void A_rule_about_a_setting_or_a_file_says_of_what_it_is(string rule, string words) => Assert.Equal(words, RuleWords.Of(rule));

    [Theory]
    [InlineData("elif", "no longer there"), InlineData("(accounts)", "judged one by one")]
    public void A_verdict_that_is_no_more_says_why(string subject, string words) => Assert.Equal(words, RuleWords.Gone(subject));

    [Theory]
    [InlineData("Mara Kessler", "MK"), InlineData("elif", "E"), InlineData("  ", "?"), InlineData("Ana de la Cruz", "AC")]
    public void Initials_are_of_the_first_and_the_last_word(string name, string initials) => Assert.Equal(initials, Initials.Of(name));
}
