using Sandbox.Server.Dashboard.Bandwidth;

namespace Sandbox.Tests.Dashboard;

/// <summary>Lines of a chart, and the words on its scale.</summary>
public sealed class ChartPaths
{
    [Fact]
    public void A_line_goes_through_the_middle_of_each_step() => Assert.Equal("M0 100L0.5 100L1.5 50L2.5 0L3 0", ChartPath.Line([0, 5, 10], 10));

    [Fact]
    public void What_was_not_measured_is_a_gap_and_not_0() =>
        Assert.Equal("M0 50L0.5 50L1 50M2 0L2.5 0L3 0", ChartPath.Line([5, null, 10], 10));

    [Fact]
    public void An_area_is_closed_at_the_bottom() => Assert.Equal("M1 100L1 50L1.5 50L2 50L2 100Z", ChartPath.Area([null, 5], 10));

    [Fact]
    public void Nothing_measured_draws_nothing() => Assert.Equal("", ChartPath.Area([null, null], 10));

    [Theory]
    [InlineData(0, "0 b/s"), InlineData(999.4, "999 b/s"), InlineData(999.5, "1 kb/s"), InlineData(1234, "1.2 kb/s"), InlineData(402_000_000, "402 Mb/s")]
    public void Rates_are_in_decimal_units(double bits, string text) => Assert.Equal(text, RateText.Of(bits));

    [Theory]
    [InlineData(0, 1000), InlineData(1000, 1000), InlineData(1001, 2000), InlineData(4.2e8, 5e8), InlineData(5.1e8, 1e9)]
    public void The_scale_ends_at_a_round_number(double bits, double ceiling) => Assert.Equal(ceiling, RateText.Ceiling(bits));
}
