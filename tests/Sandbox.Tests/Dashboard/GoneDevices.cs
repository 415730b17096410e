using Sandbox.Evidence;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;

namespace Sandbox.Tests.Dashboard;

/// <summary>What became of a device is told, not that there is none; and a quarantined one comes first.</summary>
public sealed class GoneDevices : PagesTest
{
    [Theory]
    [InlineData("/"), InlineData("/devices")]
    public async Task An_apprentice_whose_device_was_revoked_reads_what_became_of_it(string path)
    {
        await DeviceAsync("lab-b0007", Apprentice, d => (d.State, d.StateReason) = (DeviceState.Revoked, "stolen from the train"));
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync(path);

        Assert.Contains("stolen from the train", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no device yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_without_a_device_is_led_to_the_page_that_enrols_one()
    {
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync("/");

        Assert.Contains("You have no device yet.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/enrol\">Enrol a device</a></p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarantined_device_is_listed_first_and_counts_as_nobodys_success()
    {
        await FactsAsync(await DeviceAsync("a-failing", Mentor), SampleFacts.Policy(minLength: 8));
        var copied = await DeviceAsync("z-copied", Mentor);
        await FactsAsync(copied, SampleFacts.All(Server.Time.GetUtcNow()));
        await QuarantineAsync(copied);
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/");

        Assert.True(page.IndexOf(">z-copied<", StringComparison.Ordinal) < page.IndexOf(">a-failing<", StringComparison.Ordinal));
        Assert.Contains(">Quarantined<", page, StringComparison.Ordinal);
        Assert.Contains("device is quarantined: its identity is in two places", page, StringComparison.Ordinal);
        Assert.DoesNotContain("100</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_unknown_at_first_is_folded_below_the_news()
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await Server.InStoreAsync(db =>
        {
            for (var i = 0; i < 40; i++) db.Transitions.Add(Change(device, null, Verdict.Unknown, "account.empty_password", $"p{i}"));
            db.Transitions.Add(Change(device, Verdict.Unknown, Verdict.Pass, "password.history", ""));
            return db.SaveChangesAsync();
        });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}");

        var news = page.IndexOf("Former passwords</strong>", StringComparison.Ordinal);
        Assert.InRange(news, 1, page.IndexOf("First judged before anything was known <span class=\"quiet\">30<", StringComparison.Ordinal));
        Assert.DoesNotContain("of 41", page, StringComparison.Ordinal);
    }

    private Task<int> QuarantineAsync(Device device) => Server.InStoreAsync(db =>
    {
        db.Devices.Update(device);
        device.State = DeviceState.Quarantined;
        return db.SaveChangesAsync();
    });

    private FindingTransition Change(Device device, Verdict? from, Verdict to, string rule, string subject) => new()
    {
        DeviceId = device.Id, Rule = rule, Subject = subject, From = from, To = to, At = Server.Time.GetUtcNow(), Expected = "something", Policy = "lab-default/1",
    };
}
