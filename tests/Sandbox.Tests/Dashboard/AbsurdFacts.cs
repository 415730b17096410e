using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;
using Sandbox.Server.Dashboard.OneDevice;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Dashboard;

/// <summary>Whatever a device says, its page opens.</summary>
public sealed class AbsurdFacts : PagesTest
{
    [Theory]
    [InlineData(long.MaxValue, 0), InlineData(long.MinValue, 0), InlineData(0, -1), InlineData(0, int.MaxValue), InlineData(253_402_300_800, 0)]
    public async Task An_instant_that_is_none_is_said_so(long seconds, int nanos)
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, new Fact { OperatingSystem = new Protocol.OperatingSystem { BootedAt = new Timestamp { Seconds = seconds, Nanos = nanos } } });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}");

        Assert.Contains("not an instant", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(253_402_300_799, -86_400_000), InlineData(-62_135_596_800, 86_400_000), InlineData(0, long.MaxValue), InlineData(0, long.MinValue)]
    public async Task The_ends_of_the_calendar_and_an_absurd_clock_fail_no_page(long seconds, long offset)
    {
        var device = await DeviceAsync("lab-b0007", Mentor, x => x.ClockOffsetMs = offset);
        await FactsAsync(device, new Fact { OperatingSystem = new Protocol.OperatingSystem { Id = "debian", BootedAt = new Timestamp { Seconds = seconds } } });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}");

        Assert.Contains("debian", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Software_of_another_wire_type_counts_as_not_reported()
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await Server.InStoreAsync(async db =>
        {
            db.Facts.Add(new StoredFact { DeviceId = device.Id, Kind = Fact.SoftwareFieldNumber, Bytes = [(Fact.SoftwareFieldNumber << 3) | 0, 1] });
            return await db.SaveChangesAsync();
        });
        using var mentor = await AsMentorAsync();

        var answer = await mentor.GetAsync($"/devices/{device.Id}/software");

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public void An_instant_moves_back_by_the_clocks_offset() =>
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(-2), Instants.Back(DateTimeOffset.UnixEpoch, 2000));

    [Theory]
    [InlineData(long.MaxValue, "ahead of"), InlineData(long.MinValue, "behind")]
    public void An_absurd_clock_has_words(long offset, string words) => Assert.Contains(words, ClockWords.Of(offset), StringComparison.Ordinal);
}
