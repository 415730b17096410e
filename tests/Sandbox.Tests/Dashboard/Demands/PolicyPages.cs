using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Demands;

/// <summary>What the policy demands and what it judged, for everybody who is judged by it.</summary>
public sealed partial class PolicyPages : PagesTest
{
    [Fact]
    public async Task Each_rule_stands_with_what_it_expects_and_what_it_judged()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        await FactsAsync(device, SampleFacts.Policy(minLength: 8));
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync("/policy"));

        Assert.Equal(PolicyDemand.Of(LabDefault.Policy).Select(one => one.Rule).Distinct().Count(), Regex.Count(page, "data-demand="));
        var length = Row(page, "password.min_length");
        Assert.Contains("at least 12 characters", length, StringComparison.Ordinal);
        Assert.Contains("1 fail", length, StringComparison.Ordinal);
        Assert.Contains($"/devices/{device.Id}\">lab-07", length, StringComparison.Ordinal);
        Assert.Contains("NIST", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_sees_the_demands_and_only_the_own_devices()
    {
        await FactsAsync(await DeviceAsync("lab-07", Apprentice), SampleFacts.Policy());
        await FactsAsync(await DeviceAsync("bench-of-mara", Mentor), SampleFacts.Policy(minLength: 8));
        using var apprentice = await AsApprenticeAsync();

        var page = WebUtility.HtmlDecode(await apprentice.ReadAsync("/policy"));

        Assert.Contains("1 device of yours", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bench-of-mara", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1 fail", Row(page, "password.min_length"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_of_some_alone_stands_with_whom_it_is_asked_of()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        using var mentor = await AsMentorAsync();
        Assert.Contains("devices of the group laptops (nobody is in it)", Row(await ReadAsync(mentor), "disk.os_volume_encrypted"), StringComparison.Ordinal);

        await Server.InStoreAsync(db =>
        {
            db.DeviceGroups.Add(new GroupMember { DeviceId = device.Id, Group = "laptops" });
            return db.SaveChangesAsync();
        });

        var page = await ReadAsync(mentor);
        Assert.Contains("devices of the group laptops (1)", Row(page, "disk.os_volume_encrypted"), StringComparison.Ordinal);
        Assert.Contains("data-for=\"servers\"", Row(page, "backup.last_success_hours"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Admin, true), InlineData(Roles.Mentor, false), InlineData(Roles.Auditor, false)]
    public async Task Who_may_change_it_is_told_how(string role, bool told)
    {
        using var visitor = await AsAsync(role);

        Assert.Equal(told, (await visitor.ReadAsync("/policy")).Contains("sandbox-server run --policy FILE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lab_without_devices_says_that_nothing_was_judged()
    {
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/policy");
        Assert.Equal(Regex.Count(page, "data-demand="), Regex.Count(page, "nothing yet"));
    }

    [Fact]
    public async Task While_devices_are_judged_anew_it_says_how_many_were_and_then_no_more()
    {
        // Of an hour from now, so that the server itself, which looks at once for devices whose time has come, judges none of these.
        var since = Server.Time.GetUtcNow().AddHours(1);
        await Server.InStoreAsync(db =>
        {
            db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, since, new LogBody { PolicyInForce = new PolicyInForce { Policy = LabDefault.Name } }));
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        await DeviceAsync("judged", Apprentice, device => device.JudgeAt = since.AddHours(1));
        var waits = await DeviceAsync("waits", Mentor, device => device.JudgeAt = since);
        await DeviceAsync("said-nothing", Mentor);
        await DeviceAsync("retired", Mentor, device => (device.JudgeAt, device.State) = (since, DeviceState.Retired));
        using var mentor = await AsMentorAsync();
        using var apprentice = await AsApprenticeAsync();

        Assert.Contains($"{LabDefault.Name}: 1 of 2 devices judged", await mentor.ReadAsync("/policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-rejudged", await apprentice.ReadAsync("/policy"), StringComparison.Ordinal);
        await Server.InStoreAsync(db => db.Devices.Where(device => device.Id == waits.Id).ExecuteUpdateAsync(set => set.SetProperty(device => device.JudgeAt, since.AddDays(1)), TestContext.Current.CancellationToken));
        Assert.DoesNotContain("data-rejudged", await mentor.ReadAsync("/policy"), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Visitor visitor) => WebUtility.HtmlDecode(await visitor.ReadAsync("/policy"));

    private static string Row(string page, string rule) => Rows().Matches(page).Single(row => row.Value.Contains($"data-demand=\"{rule}\"", StringComparison.Ordinal)).Value;

    [GeneratedRegex("<tr data-key.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();
}
