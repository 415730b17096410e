using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>A quarantined device on its page: both copies named, and decided about by those who may.</summary>
public sealed partial class QuarantinePages : PagesTest
{
    [Theory]
    [InlineData("lab-07.left"), InlineData("lab-07.right"), InlineData("192.0.2.7"), InlineData("192.0.2.8"), InlineData("0b0b0b0b"), InlineData("both say so")]
    public async Task Both_copies_are_named(string words)
    {
        var device = await QuarantinedAsync();
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}");

        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "data-copy-of="));
        Assert.DoesNotContain("::ffff:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_laptop_that_changed_its_address_is_one_place()
    {
        var device = await QuarantinedAsync();
        await SeenAsync(device, "lab-07.left", "198.51.100.4", boot: 10, spool: 1);
        using var mentor = await AsMentorAsync();

        Assert.Equal(2, Regex.Count(await mentor.ReadAsync($"/devices/{device.Id}"), "data-copy-of="));
    }

    [Fact]
    public async Task A_split_shows_two_codes_once()
    {
        var device = await QuarantinedAsync();
        using var mentor = await AsMentorAsync();

        var page = await (await DecideAsync(mentor, device, "split")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var codes = Code().Matches(page).Select(m => m.Value).Distinct().ToList();
        Assert.Equal(2, codes.Count);
        Assert.All(codes, code => Assert.True(JoinCode.TryRead(code, out _, out _)));
        Assert.Single(await Server.InStoreAsync(db => db.Codes.Where(c => c.Continues == device.Id).ToListAsync()));
        Assert.DoesNotMatch(Code(), await mentor.ReadAsync($"/devices/{device.Id}"));
    }

    [Fact]
    public async Task A_release_lets_the_device_report_again()
    {
        var device = await QuarantinedAsync();
        using var mentor = await AsMentorAsync();

        await DecideAsync(mentor, device, "release");

        Assert.Equal(DeviceState.Active, (await Server.InStoreAsync(db => db.Devices.SingleAsync(d => d.Id == device.Id))).State);
    }

    [Theory]
    [InlineData("split", Roles.Auditor), InlineData("release", Roles.Auditor), InlineData("split", Roles.Apprentice), InlineData("release", Roles.Apprentice)]
    public async Task Others_may_not_decide(string what, string role)
    {
        var device = await QuarantinedAsync();
        using var visitor = await AsAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"/devices/{device.Id}/{what}")).StatusCode);
    }

    [Fact]
    public async Task The_owner_reads_what_it_means_and_sees_no_forms()
    {
        var device = await QuarantinedAsync();
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync($"/devices/{device.Id}");

        Assert.Contains("A mentor or an admin decides", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/split", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_in_no_quarantine_is_not_split()
    {
        var device = await DeviceAsync("lab-08", Apprentice);
        using var mentor = await AsMentorAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await mentor.SendFormOfAsync("/", $"/devices/{device.Id}/split")).StatusCode);
        Assert.Empty(await Server.InStoreAsync(db => db.Codes.ToListAsync()));
    }

    [Theory]
    [InlineData("zz"), InlineData("00000000000000000000000000000000")]
    public async Task A_device_that_there_is_not_is_not_split(string id)
    {
        using var mentor = await AsMentorAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await mentor.SendFormOfAsync("/", $"/devices/{id}/split")).StatusCode);
    }

    private static Task<HttpResponseMessage> DecideAsync(Visitor visitor, Device device, string what) =>
        visitor.SendFormOfAsync($"/devices/{device.Id}", $"/devices/{device.Id}/{what}");

    private async Task<Device> QuarantinedAsync()
    {
        var device = await DeviceAsync("lab-07", Apprentice, d => (d.State, d.StateReason) = (DeviceState.Quarantined, "both say so, from ::ffff:192.0.2.7"));
        await SeenAsync(device, "lab-07.left", "::ffff:192.0.2.7", boot: 10, spool: 1);
        await SeenAsync(device, "lab-07.right", "::ffff:192.0.2.8", boot: 11, spool: 2);
        return device;
    }

    private Task<int> SeenAsync(Device device, string host, string peer, byte boot, byte spool) => Server.InStoreAsync(db =>
    {
        db.Sightings.Add(new Sighting
        {
            DeviceId = device.Id, At = Server.Time.GetUtcNow(), Session = 1, Peer = peer, HostName = host, BootId = [.. Enumerable.Repeat(boot, 16)], Epoch = [.. Enumerable.Repeat(spool, 16)], Serial = [1],
        });
        return db.SaveChangesAsync();
    });

    [GeneratedRegex("sbx1_[A-Za-z0-9_-]{40,}")]
    private static partial Regex Code();
}
