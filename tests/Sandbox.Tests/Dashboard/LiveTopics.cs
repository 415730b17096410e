using Sandbox.Server.Dashboard.Events;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Dashboard;

/// <summary>An open page hears of its own part of the lab, so that a busy part does not make all pages read again.</summary>
public sealed class LiveTopics
{
    [Theory]
    [InlineData(null, "Facts", true), InlineData(null, "Seen", true), InlineData(null, "Refusal", true), InlineData(null, "Log", false), InlineData(null, "People", false)]
    [InlineData("overview", "Facts", true), InlineData("overview", "Line", true), InlineData("overview", "Log", false), InlineData(null, "Line", false)]
    [InlineData("log", "Log", true), InlineData("log", "Facts", false), InlineData("log", "Seen", false)]
    [InlineData("enrol", "Code", true), InlineData("enrol", "Refusal", true), InlineData("enrol", "Connection", true), InlineData("enrol", "Seen", false), InlineData("enrol", "Log", false)]
    [InlineData("people", "People", true), InlineData("people", "Facts", false), InlineData("people", "Log", false)]
    public void A_page_hears_of_its_part(string? about, string change, bool hears) =>
        Assert.Equal(hears, new LiveTopic(null, LiveTopic.Parse(about)!.Value).Shows(Enum.Parse<LiveChange>(change)));

    [Fact]
    public void There_is_no_other_part() => Assert.Null(LiveTopic.Parse("everything"));
}
