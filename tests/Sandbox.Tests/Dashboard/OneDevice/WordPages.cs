using System.Net;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What mentors say of a device on its page: groups, what it is for, and passwords that others may know.</summary>
public sealed class WordPages : PagesTest
{
    [Fact]
    public async Task A_mentor_puts_a_device_into_a_group_and_takes_it_out()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        using var mentor = await AsMentorAsync();

        await SayAsync(mentor, device, "groups", ("group", "laptops"));
        var page = await mentor.ReadAsync($"/devices/{device.Id}");
        Assert.Contains("data-group=\"laptops\"", page, StringComparison.Ordinal);
        Assert.Contains("rules of their own for devices of the group laptops", page, StringComparison.Ordinal);

        await SayAsync(mentor, device, "groups/laptops/remove");
        Assert.DoesNotContain("data-group=", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Theory, InlineData("server", DeviceRole.Server), InlineData("workstation", DeviceRole.Workstation), InlineData("", null)]
    public async Task What_it_is_for_is_said_and_left_to_what_it_does_again(string typed, DeviceRole? expected)
    {
        var device = await DeviceAsync("lab-07", Apprentice, x => x.Role = DeviceRole.Server);
        using var mentor = await AsMentorAsync();

        await SayAsync(mentor, device, "role", ("role", typed));

        Assert.Equal(expected, await Server.InStoreAsync(db => db.Devices.Where(x => x.Id == device.Id).Select(x => x.Role).SingleAsync()));
        Assert.Contains(expected is null ? "has said nothing of its services yet" : "by somebody&#x27;s word", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Theory, InlineData(null), InlineData("true")]
    public async Task An_account_is_marked_here_or_everywhere_and_the_mark_taken_back(string? everywhere)
    {
        var (device, other) = (await DeviceAsync("lab-07", Apprentice), await DeviceAsync("lab-08", Apprentice));
        using var mentor = await AsMentorAsync();

        await SayAsync(mentor, device, "marks", [("account", "noor"), ("since", Yesterday), ("reason", "it stood on a note"), .. everywhere is null ? [] : (ReadOnlySpan<(string, string)>)[("everywhere", everywhere)]]);

        Assert.Contains("data-mark=\"noor\"", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
        Assert.Equal(everywhere is not null, (await mentor.ReadAsync($"/devices/{other.Id}")).Contains("data-mark=\"noor\"", StringComparison.Ordinal));

        var mark = await Server.InStoreAsync(db => db.CompromiseMarks.SingleAsync());
        Assert.Equal(Mentor.Id, mark.MarkedBy);
        await SayAsync(mentor, device, $"marks/{mark.Id}/withdraw");
        Assert.DoesNotContain("data-mark=", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_see_everything_is_told_only_of_marks_whose_account_the_device_has()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        await FactsAsync(device, new Fact { Accounts = new Accounts { Accounts_ = { new Account { Name = "noor", Uid = 1001 } } } });
        foreach (var account in new[] { "noor", "carl" }) await Server.InStoreAsync(async db =>
        {
            db.CompromiseMarks.Add(new StoredMark { Id = Guid.NewGuid(), Account = account, Since = new DateOnly(2026, 2, 27), Reason = $"{account} lost a note" });
            return await db.SaveChangesAsync();
        });
        using var apprentice = await AsApprenticeAsync();
        using var mentor = await AsMentorAsync();

        var (theirs, all) = (await apprentice.ReadAsync($"/devices/{device.Id}"), await mentor.ReadAsync($"/devices/{device.Id}"));

        Assert.Contains("noor lost a note", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("carl", theirs, StringComparison.Ordinal);
        Assert.Contains("carl lost a note", all, StringComparison.Ordinal);
        Assert.Contains("<option value=\"noor\">", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_the_device_does_not_have_is_refused_with_those_that_it_has()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        await FactsAsync(device, new Fact { Accounts = new Accounts { Accounts_ = { new Account { Name = "root", Uid = 0 }, new Account { Name = "noor", Uid = 1001 } } } });
        using var mentor = await AsMentorAsync();

        var answer = await mentor.SendFormOfAsync($"/devices/{device.Id}", $"/devices/{device.Id}/marks", ("account", "nor"), ("since", Yesterday), ("reason", "it stood on a note"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The device has no account nor: it has noor, root.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_the_policy_does_not_name_is_said_to_be_none_of_its()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        using var mentor = await AsMentorAsync();

        await SayAsync(mentor, device, "groups", ("group", "laptops"));
        Assert.DoesNotContain("the policy names no such group", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
        await SayAsync(mentor, device, "groups", ("group", "laptop"));
        Assert.Contains("the policy names no such group", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_whose_listeners_could_not_be_seen_it_is_said_that_no_rules_of_a_role_are_asked()
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        await FactsAsync(device, new Fact { Services = new Protocol.Services { Units = { new ServiceUnit { Name = "ssh.service" } }, Unseen = { new Unseen { What = "/proc/PID/fd", Why = "permission denied" } } } });
        using var mentor = await AsMentorAsync();

        Assert.Contains("who listens on it could not be seen", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role", "role", "router", "is no role"), InlineData("groups", "group", "My Kiosks", "cannot be the name of a group"), InlineData("marks", "account", "two words", "Say which account"), InlineData("marks", "since", "soon", "is no day"), InlineData("marks", "reason", "", "Say why")]
    public async Task What_cannot_be_is_refused_in_words_on_the_page(string what, string field, string value, string words)
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        using var mentor = await AsMentorAsync();
        var form = new Dictionary<string, string> { ["account"] = "noor", ["since"] = Yesterday, ["reason"] = "it stood on a note", [field] = value };

        var answer = await mentor.SendFormOfAsync($"/devices/{device.Id}", $"/devices/{device.Id}/{what}", [.. form.Select(one => (one.Key, one.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(async db => await db.DeviceGroups.CountAsync() + await db.CompromiseMarks.CountAsync()));
    }

    [Theory]
    [InlineData("groups", Roles.Auditor), InlineData("role", Roles.Auditor), InlineData("marks", Roles.Auditor), InlineData("groups", Roles.Apprentice), InlineData("role", Roles.Apprentice), InlineData("marks", Roles.Apprentice)]
    public async Task Others_say_nothing(string what, string role)
    {
        var device = await DeviceAsync("lab-07", Apprentice);
        using var visitor = role == Roles.Apprentice ? await AsApprenticeAsync() : await AsAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"/devices/{device.Id}/{what}", ("group", "laptops"), ("role", "server"))).StatusCode);
        Assert.DoesNotContain($"/devices/{device.Id}/{what}\"", await visitor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Theory, InlineData("zz"), InlineData("00000000000000000000000000000000")]
    public async Task Of_a_device_that_there_is_not_nothing_is_said(string id)
    {
        using var mentor = await AsMentorAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await mentor.SendFormOfAsync("/", $"/devices/{id}/groups", ("group", "laptops"))).StatusCode);
    }

    private string Yesterday => Server.Time.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd");

    private static async Task SayAsync(Visitor visitor, Device device, string what, params (string, string)[] form)
    {
        var answer = await visitor.SendFormOfAsync($"/devices/{device.Id}", $"/devices/{device.Id}/{what}", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
