using Sandbox.Agent.Identity;

namespace Sandbox.Tests.Identity;

public sealed class ClockWordsTests
{
    [Theory]
    [InlineData(0), InlineData(119), InlineData(-119)]
    public void A_small_difference_is_not_worth_a_word(int seconds) => Assert.Null(ClockWords.For(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3 * 86400 + 5, "3 days ahead of")]
    [InlineData(-3 * 3600, "3 hours behind")]
    [InlineData(120, "2 minutes ahead of")]
    public void A_large_one_is_said_in_its_largest_unit(int seconds, string words) =>
        Assert.Equal($"this machine's clock is {words} the server's: set it, e.g. timedatectl set-ntp true", ClockWords.For(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_a_message_takes_on_its_way_makes_no_smaller_unit() =>
        Assert.StartsWith("this machine's clock is 2 hours behind", ClockWords.For(TimeSpan.FromMilliseconds(12) - TimeSpan.FromHours(2)), StringComparison.Ordinal);
}
