using Sandbox.Evidence.Settings;

namespace Sandbox.Tests.Evidence.Settings;

/// <summary>Which values meet what is demanded.</summary>
public sealed class ValueDemands
{
    [Theory, InlineData("1", true), InlineData("5", true), InlineData("0", false), InlineData("6", false), InlineData("-1", false), InlineData("", false), InlineData("many", false), InlineData("99999999999999999999", false)]
    public void A_number_is_within_both_bounds(string value, bool expected) => Assert.Equal(expected, new NumberDemand(1, 5).Meets(value));

    [Theory, InlineData("600", true), InlineData("10m", true), InlineData("9M59s", true), InlineData("10m1s", false), InlineData("0", false), InlineData("", false), InlineData("m", false), InlineData("1x", false), InlineData("99999999999999999999w", false)]
    public void A_time_is_read_as_sshd_reads_it(string value, bool expected) => Assert.Equal(expected, new SecondsDemand(1, 600).Meets(value));

    [Theory, InlineData("15", true), InlineData("2.5", true), InlineData("+0", true), InlineData("15.5", false), InlineData("-1", false), InlineData("++3", false), InlineData("off", false)]
    public void Minutes_of_sudo_may_have_fractions(string value, bool expected) => Assert.Equal(expected, new MinutesDemand(0, 15).Meets(value));

    [Theory, InlineData("900", true), InlineData("0", true), InlineData("never", true), InlineData("899", false), InlineData("-1", false), InlineData("", false)]
    public void A_lockout_without_an_end_is_long_enough(string value, bool expected) => Assert.Equal(expected, new LockoutDemand(900).Meets(value));

    [Theory, InlineData("0", true), InlineData("never", true), InlineData("604800", false)]
    public void Only_an_administrator_is_nothing_but_that(string value, bool expected) => Assert.Equal(expected, new LockoutDemand(null).Meets(value));

    [Theory, InlineData("No", StringComparison.OrdinalIgnoreCase, true), InlineData("No", StringComparison.Ordinal, false), InlineData("", StringComparison.Ordinal, false)]
    public void A_word_is_one_of_those(string value, StringComparison comparison, bool expected) => Assert.Equal(expected, new WordDemand(["no", "never"], comparison).Meets(value));

    [Theory, InlineData("a,b", true), InlineData("b", true), InlineData("a, b", true), InlineData("a,c", false), InlineData("", false), InlineData("a,,b", false)]
    public void A_list_holds_nothing_else(string value, bool expected) => Assert.Equal(expected, new ListDemand(["a", "b"]).Meets(value));

    [Theory, InlineData("027", true), InlineData("077", true), InlineData("177", true), InlineData("022", false), InlineData("0", false), InlineData("9", false), InlineData("", false), InlineData("0000000000077", false)]
    public void A_mask_takes_all_bits_away(string value, bool expected) => Assert.Equal(expected, new MaskDemand(Octal.Read("027")!.Value).Meets(value));
}
