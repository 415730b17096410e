using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Server.Dashboard.OneDevice;
using Sandbox.Storage.Findings;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>For how long a verdict was seen to hold, in words and on the device's page.</summary>
public sealed class HeldVerdicts : PagesTest
{
    private static readonly DateTimeOffset Since = ReportingDevice.Start;

    [Fact]
    public void What_held_was_seen_from_its_beginning_to_the_last_reading() =>
        Assert.Equal("held for 3 d 4 h; longest time unseen 2 h 0 min", HeldWords.Of(Finding(Verdict.Pass, TimeSpan.FromHours(2)), Since.AddHours(76)));

    [Fact]
    public void A_gap_that_is_not_known_is_not_0() =>
        Assert.Equal("held for 5 min 3 s; longest time unseen not known", HeldWords.Of(Finding(Verdict.Fail, null), Since.AddSeconds(303)));

    [Fact]
    public void Nothing_was_unseen_for_longer_than_it_held() =>
        Assert.Equal("held for 12 s; longest time unseen 12 s", HeldWords.Of(Finding(Verdict.Pass, TimeSpan.FromHours(2)), Since.AddSeconds(12)));

    [Fact]
    public void What_was_seen_once_did_not_hold_yet() =>
        Assert.Equal("seen once, not verified since", HeldWords.Of(Finding(Verdict.Pass, TimeSpan.Zero), Since.AddMilliseconds(-300)));

    [Theory]
    [InlineData(Verdict.Unknown), InlineData(Verdict.Error)]
    public void What_is_not_known_holds_nothing(Verdict verdict) => Assert.Null(HeldWords.Of(Finding(verdict, TimeSpan.Zero), Since.AddHours(1)));

    [Fact]
    public void What_never_was_verified_holds_nothing() => Assert.Null(HeldWords.Of(Finding(Verdict.NotApplicable, TimeSpan.Zero), null));

    [Fact]
    public async Task The_page_of_the_device_says_it()
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, SampleFacts.Policy());
        await Server.InStoreAsync(db => db.Findings.ExecuteUpdateAsync(set => set.SetProperty(x => x.LongestGapMs, 7_200_000), TestContext.Current.CancellationToken));
        using var mentor = await AsMentorAsync();

        Assert.Matches("held for [0-9a-z ]+; longest time unseen 2 h 0 min", await mentor.ReadAsync($"/devices/{device.Id}"));
    }

    private static StoredFinding Finding(Verdict verdict, TimeSpan? gap) =>
        new() { Rule = "r", Subject = "", Verdict = verdict, Expected = "e", Policy = "p/1", Since = Since, LongestGapMs = (long?)gap?.TotalMilliseconds };
}
