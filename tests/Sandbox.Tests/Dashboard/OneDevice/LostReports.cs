using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What the ingest found missing, in the words of the device's page.</summary>
public sealed class LostReports : PagesTest
{
    [Fact]
    public async Task What_did_not_fit_into_the_spool_is_named_with_its_numbers_its_cause_and_its_time()
    {
        var device = await EnrolAsync();
        device.Lose(4);

        var page = await PageAfterAsync(device, device.Write(report => report.Gaps.Add(new Gap
        {
            FirstSequence = 1, LastSequence = 4, Cause = Gap.Types.Cause.SpoolFull,
            From = Timestamp.FromDateTimeOffset(ReportingDevice.Start.AddHours(-2)), To = Timestamp.FromDateTimeOffset(ReportingDevice.Start.AddHours(-1)),
        })));

        Assert.Matches("reports 1 to 4 \\(4\\): the spool was full while the server was away, from [-0-9]+ [:0-9]+ UTC to [-0-9]+ [:0-9]+ UTC", page);
        Assert.DoesNotContain("No report of this device is known to be missing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_report_that_nobody_explains_is_named_so()
    {
        var device = await EnrolAsync();
        device.Lose(1);

        Assert.Contains("report 1: the agent does not say why", await PageAfterAsync(device, device.Say()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_missing_the_page_says_that()
    {
        var device = await EnrolAsync();

        Assert.Contains("No report of this device is known to be missing", await PageAfterAsync(device, device.Say(ReportingDevice.Policy(14))), StringComparison.Ordinal);
    }

    private Task<ReportingDevice> EnrolAsync() => Server.InStoreAsync(db => ReportingDevice.EnrolAsync(db, Mentor.Id));

    // Through the server's own ingest, as a stream hands them over.
    private async Task<string> PageAfterAsync(ReportingDevice device, SignedReport report)
    {
        var ct = TestContext.Current.CancellationToken;
        var ingest = Server.App.Services.GetRequiredService<Sandbox.Server.Ingest.Ingest>();
        var (_, stream) = await ingest.OpenAsync(device.Caller, device.Hello());
        await ingest.HandAsync(stream!, [report], ct);
        while (!await Server.InStoreAsync(db => db.Reports.AnyAsync(row => row.DeviceId == device.Id, ct))) await Task.Delay(20, ct);
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/devices/{device.Id}");
    }
}
