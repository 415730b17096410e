using System.Net;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>Tasks: a mentor gives them, the server notices that they are done, and all of it stands in the log.</summary>
public sealed class GivingTasks : TasksTest
{
    [Fact]
    public async Task A_task_goes_to_each_of_the_apprentices_and_stands_in_the_log()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        using var mentor = await AsMentorAsync();

        var answer = await GiveAsync(mentor, "user-account", [("person", $"{Apprentice.Id}"), ("person", $"{noor.Id}"), ("target", " trainee "), ("words", "For the new help desk.")]);

        Assert.Equal(("/assignments", HttpStatusCode.Redirect), (answer.Headers.Location!.OriginalString, answer.StatusCode));
        var given = await Server.InStoreAsync(db => db.Assignments.ToListAsync(Ct));
        Assert.Equal([Apprentice.Id, noor.Id], given.Select(one => one.PersonId).Order().OrderBy(id => id != Apprentice.Id));
        Assert.All(given, one => Assert.Equal(("1.3", "trainee", "For the new help desk.", false, Mentor.Id), (one.Line, one.Target, one.Words, one.ByRecord, one.GivenBy)));
        Assert.Equal(["given", "given"], (await SaidAsync()).Select(said => said.What));
    }

    [Fact]
    public async Task It_is_done_when_the_change_was_made_and_the_page_shows_expected_and_observed()
    {
        var task = await GivenAsync("learning-log");
        using var apprentice = await AsApprenticeAsync();
        Assert.Contains("data-check=\"record\" data-true=\"no\"", await apprentice.ReadAsync($"/assignments/{task.Id}"), StringComparison.Ordinal);

        var length = await GivenAsync("user-account");
        await EvidenceAsync();
        await LookAsync();

        Assert.NotNull((await OneAsync(length.Id)).CompletedAt);
        Assert.Null((await OneAsync(task.Id)).CompletedAt);
        var page = WebUtility.HtmlDecode(await apprentice.ReadAsync($"/assignments/{length.Id}"));
        Assert.Contains("data-check=\"change\" data-true=\"yes\"", page, StringComparison.Ordinal);
        Assert.Contains("trainee (uid 1007): account trainee, uid 1007", page, StringComparison.Ordinal);
        Assert.Contains("data-standing=\"Completed\"", page, StringComparison.Ordinal);
        Assert.Equal(["given", "given", "completed"], (await SaidAsync()).Select(said => said.What));
        Assert.Equal(["trainee (uid 1007): account trainee, uid 1007"], (await SaidAsync())[2].Observed);
    }

    [Fact]
    public async Task Evidence_says_which_task_asked_for_it()
    {
        var task = await GivenAsync("user-account");
        await EvidenceAsync();
        var item = await Server.InStoreAsync(db => db.Evidence.SingleAsync(Ct));
        using var mentor = await AsMentorAsync();

        Assert.Contains($"/assignments/{task.Id}", await mentor.ReadAsync($"/evidence/{item.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentor_who_is_one_no_longer_gives_nothing_though_the_session_is_still_open()
    {
        using var mentor = await AsMentorAsync();
        await mentor.ReadAsync("/assignments/new?template=user-account");
        await Server.InStoreAsync(db => db.UserRoles.Where(r => r.UserId == Mentor.Id).ExecuteDeleteAsync(Ct));

        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAsync(mentor, "user-account", [("person", $"{Apprentice.Id}")])).StatusCode);
    }

    [Fact]
    public async Task What_a_check_observes_on_somebody_elses_machine_is_not_shown()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        var device = await DeviceAsync("lab-22", noor);
        await FactsAsync(device, SampleFacts.Policy(maxAge: 99999));
        var task = await GivenAsync("password-interval", ("device", $"{device.Id}"));
        using var apprentice = await AsApprenticeAsync();
        using var mentor = await AsMentorAsync();

        Assert.DoesNotContain("never have to", await apprentice.ReadAsync($"/assignments/{task.Id}"), StringComparison.Ordinal);
        Assert.Contains("never have to", await mentor.ReadAsync($"/assignments/{task.Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "password.max_age_days"), InlineData("", ""), InlineData("firewall.active", "firewall.active"), InlineData("no.such_rule", "")]
    public async Task A_mentor_says_which_checks_must_pass_and_those_of_the_template_do_unless_somebody_says(string? ticked, string expected)
    {
        var device = await DeviceAsync("lab-24", Apprentice);
        (string, string)[] chosen = ticked is null ? [] : ticked.Length == 0 ? [("checks", "chosen")] : [("checks", "chosen"), ("check", ticked)];

        var task = await GivenAsync("password-interval", [("device", $"{device.Id}"), .. chosen]);

        Assert.Equal(expected, task.Rules);
    }

    [Fact]
    public async Task The_form_offers_every_rule_of_the_policy_with_those_of_the_template_ticked_and_keeps_what_was_chosen()
    {
        using var mentor = await AsMentorAsync();

        var form = await mentor.ReadAsync("/assignments/new?template=password-interval");
        Assert.Matches("value=\"password.max_age_days\" checked", form);
        Assert.DoesNotMatch("value=\"firewall.active\" checked", form);
        Assert.Contains("value=\"firewall.active\"", form, StringComparison.Ordinal);
        var refused = await (await GiveAsync(mentor, "password-interval", [("checks", "chosen"), ("check", "firewall.active")])).Content.ReadAsStringAsync(Ct);
        Assert.Matches("value=\"firewall.active\" checked", refused);
        Assert.DoesNotMatch("value=\"password.max_age_days\" checked", refused);
    }

    [Fact]
    public async Task A_device_that_is_out_of_service_gets_none()
    {
        var device = await DeviceAsync("lab-23", Apprentice, row => row.State = DeviceState.Retired);
        using var mentor = await AsMentorAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAsync(mentor, "user-account", [("person", $"{Apprentice.Id}"), ("device", $"{device.Id}")])).StatusCode);
    }

    [Fact]
    public async Task What_is_taken_back_in_time_opens_it_again_and_done_anew_it_is_done()
    {
        var task = await GivenAsync("user-account", ("target", "trainee"));
        await EvidenceAsync();
        await LookAsync();
        Assert.NotNull((await OneAsync(task.Id)).CompletedAt);

        await Server.InStoreAsync(db => db.Evidence.ExecuteUpdateAsync(set => set.SetProperty(e => e.State, EvidenceState.Undone), Ct));
        await LookAsync();
        Assert.Null((await OneAsync(task.Id)).CompletedAt);

        await Server.InStoreAsync(db => db.Evidence.ExecuteUpdateAsync(set => set.SetProperty(e => e.State, EvidenceState.Watched), Ct));
        await LookAsync();
        Assert.Equal(["given", "completed", "reopened", "completed"], (await SaidAsync()).Select(said => said.What));
    }

    [Fact]
    public async Task It_is_done_once_however_often_somebody_looks()
    {
        await GivenAsync("user-account");
        await EvidenceAsync();

        await Task.WhenAll(LookAsync(), LookAsync(), LookAsync());

        Assert.Single(await SaidAsync(), said => said.What == "completed");
    }

    [Fact]
    public async Task What_was_done_before_does_not_count_whatever_the_window_says()
    {
        await EvidenceAsync();
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        var task = await GivenAsync("user-account");

        await LookAsync();

        Assert.Null((await OneAsync(task.Id)).CompletedAt);
        var item = await Server.InStoreAsync(db => db.Evidence.SingleAsync(Ct));
        using var mentor = await AsMentorAsync();
        Assert.Contains("unassigned", await mentor.ReadAsync($"/evidence/{item.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_devices_cannot_show_is_done_by_a_record()
    {
        var task = await GivenAsync("licences");
        Assert.True(task.ByRecord);
        using var apprentice = await AsApprenticeAsync();
        await apprentice.SendFileOfAsync($"/competencies/{Apprentice.Id}/1.8", $"/competencies/{Apprentice.Id}/1.8/ojt/records", null, ("day", $"{Server.Time.GetUtcNow():yyyy-MM-dd}"), ("source", "Register of the help desk"), ("hours", ""), ("summary", "Closed two differences, see the register."));

        await LookAsync();

        Assert.NotNull((await OneAsync(task.Id)).CompletedAt);
    }

    [Fact]
    public async Task On_a_device_that_is_named_the_rules_of_the_policy_must_pass_as_well()
    {
        var device = await DeviceAsync("lab-21", Apprentice);
        await FactsAsync(device, SampleFacts.Policy(maxAge: 99999));
        var task = await GivenAsync("password-interval", ("device", $"{device.Id}"));

        Assert.Equal("password.max_age_days", task.Rules);
        using var apprentice = await AsApprenticeAsync();
        Assert.Contains("data-check=\"password.max_age_days\" data-true=\"no\"", await apprentice.ReadAsync($"/assignments/{task.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_was_taken_back_says_why_and_is_never_done()
    {
        var task = await GivenAsync("user-account");
        using var mentor = await AsMentorAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await mentor.SendFormOfAsync($"/assignments/{task.Id}", $"/assignments/{task.Id}/withdraw", ("words", "The ticket was closed."))).StatusCode);
        await EvidenceAsync();

        await LookAsync();

        Assert.Null((await OneAsync(task.Id)).CompletedAt);
        Assert.Matches("by Mara Kessler: The ticket was closed.", await mentor.ReadAsync($"/assignments/{task.Id}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await mentor.SendFormOfAsync($"/assignments/{task.Id}", $"/assignments/{task.Id}/withdraw")).StatusCode);
    }

    [Theory]
    [InlineData("until", "", "Say until when"), InlineData("until", "tomorrow", "is no instant"), InlineData("until", "2020-01-01T00:00", "end has passed"), InlineData("from", "2027-06-01T00:00", "end before it begins"), InlineData("from", "2020-01-01T00:00", "more than a year")]
    [InlineData("person", "", "Choose the apprentices"), InlineData("device", "lab-1", "Choose a device"), InlineData("template", "nothing", "Choose what is to be done")]
    public async Task What_makes_no_sense_is_refused_and_the_words_stay(string field, string value, string words)
    {
        using var mentor = await AsMentorAsync();

        var answer = await GiveAsync(mentor, "user-account", [("person", $"{Apprentice.Id}"), ("words", "words that stay"), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains(words, page, StringComparison.Ordinal);
        if (field != "template") Assert.Contains("words that stay", page, StringComparison.Ordinal);
        Assert.Empty(await SaidAsync());
    }

    [Fact]
    public async Task Only_apprentices_get_tasks_and_at_least_one_does()
    {
        using var mentor = await AsMentorAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAsync(mentor, "user-account", [("person", $"{Mentor.Id}")])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAsync(mentor, "user-account", [])).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Auditor), InlineData(Roles.Apprentice)]
    public async Task Nobody_else_gives_or_takes_back(string role)
    {
        var task = await GivenAsync("user-account");
        using var visitor = role == Roles.Apprentice ? await AsApprenticeAsync() : await AsAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/assignments", "/assignments/new", ("template", "user-account"), ("person", $"{Apprentice.Id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/assignments", $"/assignments/{task.Id}/withdraw")).StatusCode);
        Assert.DoesNotContain("/withdraw", await visitor.ReadAsync($"/assignments/{task.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("/assignments/new", await visitor.ReadAsync("/assignments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_sees_the_own_tasks_and_no_others()
    {
        var task = await GivenAsync("user-account");
        using var other = await AsAsync(Roles.Apprentice);

        Assert.DoesNotContain("data-assignment=", await other.ReadAsync("/assignments"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/assignments/{task.Id}")).StatusCode);
        using var apprentice = await AsApprenticeAsync();
        Assert.Contains($"data-assignment=\"{task.Id}\"", await apprentice.ReadAsync("/assignments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentor_chooses_from_a_task_for_each_line()
    {
        using var mentor = await AsMentorAsync();

        Assert.Equal(24, System.Text.RegularExpressions.Regex.Count(await mentor.ReadAsync("/assignments/new"), "template="));
    }
}
