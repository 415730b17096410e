using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Faults;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Storage.People;
using Sandbox.Tests.SeededFaults;
using ServerBook = Sandbox.Server.Faults.FaultBook;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>A mentor seeds a fault with a task; its apprentice finds it, and learns from no page that there is one before it is over.</summary>
public sealed class SeedingFaults : PagesTest
{
    private const string Excess = "rights.excess";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_time_is_drawn_in_the_first_half_of_the_window_and_another_one_for_each()
    {
        var device = await AllowingAsync();
        for (var i = 0; i < 8; i++) await GivenAsync(device);

        var all = await Server.InStoreAsync(db => db.SeededFaults.AsNoTracking().ToListAsync(Ct));

        var (from, until) = (Server.Time.GetUtcNow(), Server.Time.GetUtcNow().AddDays(4));
        Assert.All(all, one => Assert.InRange(one.DueAt, from.AddMilliseconds(-1), from.AddDays(2)));
        Assert.All(all, one => Assert.Equal(until, one.Until, TimeSpan.FromMilliseconds(1)));
        Assert.All(all, one => Assert.Equal((FaultName.RightsExcess, SeededState.Planned, device.Id), (one.Fault, one.State, one.DeviceId)));
        Assert.True(all.Select(one => one.DueAt).Distinct().Count() > 1);
        Assert.Equal(0, await Server.InStoreAsync(db => db.LogEntries.CountAsync(e => e.Kind == Sandbox.Ledger.EntryKind.Fault, Ct)));
    }

    [Fact]
    public async Task It_takes_a_device_whose_owner_allowed_it_one_apprentice_and_a_fault_that_fits_the_line()
    {
        var (allowing, refusing) = (await AllowingAsync(), await DeviceAsync("lab-32", Apprentice));
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        using var mentor = await AsMentorAsync();

        Assert.Contains("allowed no seeded faults", await RefusedAsync(mentor, ("device", $"{refusing.Id}")), StringComparison.Ordinal);
        Assert.Contains("choose it", await RefusedAsync(mentor), StringComparison.Ordinal);
        Assert.Contains("for one apprentice", await RefusedAsync(mentor, ("device", $"{allowing.Id}"), ("person", $"{noor.Id}")), StringComparison.Ordinal);
        Assert.Contains("from the list", await RefusedAsync(mentor, ("device", $"{allowing.Id}"), ("seed", "firewall.port_opened")), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(db => db.SeededFaults.CountAsync(Ct)));
        Assert.DoesNotContain("name=\"seed\"", await mentor.ReadAsync("/assignments/new?template=licences"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_apprentices_page_is_the_same_with_and_without_one_until_it_is_over()
    {
        var device = await AllowingAsync();
        var (with, without) = (await GivenAsync(device), await GivenAsync(device, seed: ""));
        using var apprentice = await AsApprenticeAsync();
        await TakeAsync(with, FaultState.Applied);

        Assert.Equal(await BareAsync(apprentice, without), await BareAsync(apprentice, with));
        Assert.Contains("I found something", await apprentice.ReadAsync($"/assignments/{with}"), StringComparison.Ordinal);
        await TakeAsync(with, FaultState.Repaired);

        Assert.Contains("data-seeded=\"Repaired\"", await apprentice.ReadAsync($"/assignments/{with}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_apprentices_open_page_hears_nothing_of_it_before_it_is_over()
    {
        var id = await GivenAsync(await AllowingAsync());
        using var apprentice = await AsApprenticeAsync();
        using var mentor = await AsMentorAsync();
        using var theirs = await apprentice.OpenStreamAsync("/live?about=lines");
        using var mentors = await mentor.OpenStreamAsync("/live?about=lines");
        foreach (var stream in new[] { theirs, mentors }) Assert.Equal("event: hello", await stream.ReadLineAsync(Ct));
        var heard = ChangeAsync(theirs);

        await TakeAsync(id, FaultState.Applied);
        await ChangeAsync(mentors);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        Assert.False(heard.IsCompleted);

        await TakeAsync(id, FaultState.Repaired);
        await heard;
    }

    [Fact]
    public async Task The_form_says_what_the_repair_of_each_earns()
    {
        await AllowingAsync();
        using var mentor = await AsMentorAsync();

        Assert.Contains("too many: its repair counts for line 4.5", await mentor.ReadAsync("/assignments/new?template=role-access"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_and_repaired_is_timed_for_the_mentor_and_what_was_said_before_is_no_find()
    {
        var id = await GivenAsync(await AllowingAsync());
        using (var early = await AsApprenticeAsync()) await FoundAsync(early, id, "the clock is wrong");
        Server.Time.Advance(TimeSpan.FromDays(2));
        using var apprentice = await AsApprenticeAsync();
        await TakeAsync(id, FaultState.Applied);
        using var mentor = await AsMentorAsync();
        Assert.Contains("data-seeded=\"Applied\"", await mentor.ReadAsync($"/assignments/{id}"), StringComparison.Ordinal);
        Assert.Contains("not yet", await mentor.ReadAsync($"/assignments/{id}"), StringComparison.Ordinal);

        Server.Time.Advance(TimeSpan.FromMinutes(20));
        await FoundAsync(apprentice, id, "games may do everything");
        Server.Time.Advance(TimeSpan.FromMinutes(10));
        await TakeAsync(id, FaultState.Repaired);

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync($"/assignments/{id}"));
        Assert.Matches("(?s)data-found>after 20 min", page);
        Assert.Matches("(?s)data-repaired>after 30 min", page);
        Assert.Matches("(?s)the clock is wrong.{1,120}before anything was seeded", page);
        using var auditor = await AsAsync(Roles.Auditor);
        Assert.Contains("seeded fault, repaired", await auditor.ReadAsync("/log?kind=fault"), StringComparison.Ordinal);
        Assert.Contains("games may do everything", await auditor.ReadAsync("/log?kind=fault"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_its_apprentice_says_to_have_found_something_and_nothing_without_words()
    {
        var id = await GivenAsync(await AllowingAsync());
        using var other = await AsAsync(Roles.Apprentice);
        using var mentor = await AsMentorAsync();
        using var apprentice = await AsApprenticeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await other.SendFormOfAsync("/assignments", $"/assignments/{id}/found", ("words", "something"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await mentor.SendFormOfAsync("/assignments", $"/assignments/{id}/found", ("words", "something"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await FoundAsync(apprentice, id, "  ")).StatusCode);
        Assert.Equal(0, await Server.InStoreAsync(db => db.Guesses.CountAsync(Ct)));
        Assert.DoesNotContain("I found something", await mentor.ReadAsync($"/assignments/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_too_much_is_stopped()
    {
        var id = await GivenAsync(await AllowingAsync());
        using var apprentice = await AsApprenticeAsync();

        for (var i = 0; i < GuessBook.Most; i++) Assert.Equal(HttpStatusCode.Redirect, (await FoundAsync(apprentice, id, $"thing {i}")).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, (await FoundAsync(apprentice, id, "one more")).StatusCode);
    }

    [Fact]
    public async Task A_task_that_is_withdrawn_withdraws_its_fault()
    {
        var id = await GivenAsync(await AllowingAsync());
        using var mentor = await AsMentorAsync();

        await mentor.SendFormOfAsync($"/assignments/{id}", $"/assignments/{id}/withdraw");

        Assert.NotNull(await Server.InStoreAsync(db => db.SeededFaults.Select(f => f.WithdrawnAt).SingleAsync(Ct)));
        Assert.Contains("withdrawn before it was applied", await mentor.ReadAsync($"/assignments/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_says_on_its_page_whether_its_owner_allowed_it()
    {
        var (allowing, refusing) = (await AllowingAsync(), await DeviceAsync("lab-32", Apprentice));
        using var mentor = await AsMentorAsync();

        Assert.Contains("data-faults=\"yes\"", await mentor.ReadAsync($"/devices/{allowing.Id}"), StringComparison.Ordinal);
        Assert.Contains("data-faults=\"no\"", await mentor.ReadAsync($"/devices/{refusing.Id}"), StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(StreamReader stream)
    {
        string? line;
        while ((line = await stream.ReadLineAsync(Ct)) != "event: change") Assert.NotNull(line);
    }

    private Task<Device> AllowingAsync() => DeviceAsync("lab-31", Apprentice, row => row.FaultsAllowed = true);

    private async Task<Guid> GivenAsync(Device device, string seed = Excess)
    {
        using var mentor = await AsMentorAsync();
        var answer = await GiveAsync(mentor, ("device", $"{device.Id}"), ("seed", seed), ("once-more", "yes"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Guid.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1]);
    }

    private Task<HttpResponseMessage> GiveAsync(Visitor mentor, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] all = [("template", "role-access"), ("person", $"{Apprentice.Id}"), ("until", $"{Server.Time.GetUtcNow().UtcDateTime.AddDays(4):yyyy-MM-ddTHH:mm:ss.fffffff}"), ("seed", Excess), .. more];
        return mentor.SendFormOfAsync("/assignments/new?template=role-access", "/assignments/new", [.. all.GroupBy(field => field.Name).SelectMany(same => same.TakeLast(same.Key == "person" ? same.Count() : 1))]);
    }

    private async Task<string> RefusedAsync(Visitor mentor, params (string Name, string Value)[] more)
    {
        var answer = await GiveAsync(mentor, more);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static Task<HttpResponseMessage> FoundAsync(Visitor apprentice, Guid id, string words) => apprentice.SendFormOfAsync($"/assignments/{id}", $"/assignments/{id}/found", ("words", words));

    // What differs between two tasks in any case: ids, tokens and times of giving.
    private static async Task<string> BareAsync(Visitor visitor, Guid id) =>
        System.Text.RegularExpressions.Regex.Replace((await visitor.ReadAsync($"/assignments/{id}")).Replace($"{id}", "", StringComparison.Ordinal), "value=\"[^\"]*\"", "");

    private async Task TakeAsync(Guid assignment, FaultState state)
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        var fault = await Server.InStoreAsync(db => db.SeededFaults.AsNoTracking().SingleAsync(f => f.AssignmentId == assignment, Ct));
        await scope.ServiceProvider.GetRequiredService<ServerBook>().TakeAsync(fault.DeviceId, SeededRows.Says(fault, state, Server.Time.GetUtcNow()), TimeSpan.Zero, Ct);
    }
}
