using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.People;

/// <summary>Who has which role, who may choose a password, and what auditors look at stands in the evidence log.</summary>
public sealed class PeopleInTheLog : PagesTest
{
    [Fact]
    public async Task The_first_admin_is_an_entry()
    {
        var first = Assert.Single(await EntriesAsync(EntryKind.Role)).RoleGiven;

        Assert.Equal(("admin", "admin", false, false), (first.SignInName, first.Role, first.Locked, first.HasSaidBy));
    }

    [Fact]
    public async Task A_person_who_is_added_is_an_entry_with_role_name_and_who_added_them()
    {
        using var admin = await AsAsync(Roles.Admin);

        await admin.SendFormAsync("/people", ("name", "noor"), ("displayName", "Noor Haddad"), ("role", Roles.Mentor));

        var said = (await EntriesAsync(EntryKind.Role))[^1].RoleGiven;
        Assert.Equal(("noor", "Noor Haddad", Roles.Mentor), (said.SignInName, said.Name, said.Role));
        Assert.Equal(await IdAsync("some-admin"), LogId.From(said.SaidBy));
    }

    [Fact]
    public async Task Another_role_a_lock_and_its_end_are_entries()
    {
        var ada = await SeedAsync(lab => lab.PersonAsync("ada", "Ada Admin", Roles.Admin));
        await ChangeAsync(x => x.ChangeRoleAsync(Apprentice.Id, ada.Id, Roles.Mentor, Ct));
        await ChangeAsync(x => x.LockAsync(Apprentice.Id, ada.Id, Ct));
        await ChangeAsync(x => x.UnlockAsync(Apprentice.Id, ada.Id, Ct));

        var said = (await EntriesAsync(EntryKind.Role)).Select(x => x.RoleGiven).Where(x => x.SignInName == "elif").Select(x => (x.Role, x.Locked, LogId.From(x.SaidBy)));

        Assert.Equal([(Roles.Mentor, false, ada.Id), (Roles.Mentor, true, ada.Id), (Roles.Mentor, false, ada.Id)], said);
    }

    [Fact]
    public async Task A_change_that_is_refused_is_no_entry()
    {
        var before = (await EntriesAsync(EntryKind.Role)).Count;

        await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => ChangeAsync(x => x.LockAsync(Apprentice.Id, Apprentice.Id, Ct)));

        Assert.Equal(before, (await EntriesAsync(EntryKind.Role)).Count);
    }

    [Fact]
    public async Task A_link_is_an_entry_when_it_is_made_and_when_it_is_used_and_so_is_the_name_that_was_chosen()
    {
        var token = await LinkAsync(Apprentice, Invitations.JoinLife);
        using var elif = new Visitor(Server);

        var answer = await elif.SendFormAsync("/join", ("token", token), ("displayName", "Elif Y."), ("password", LabSeed.Password), ("password2", LabSeed.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(["made", "used"], (await EntriesAsync(EntryKind.Link)).Select(x => x.LinkSaid).Where(x => LogId.From(x.PersonId) == Apprentice.Id).Select(x => x.What));
        Assert.Equal("Elif Y.", (await EntriesAsync(EntryKind.Role))[^1].RoleGiven.Name);
    }

    [Fact]
    public async Task No_entry_holds_the_secret_of_a_link()
    {
        var token = await LinkAsync(Apprentice, Invitations.JoinLife);

        var bodies = await Server.InStoreAsync(db => db.LogEntries.Select(x => x.Body!).ToListAsync(Ct));

        Assert.DoesNotContain(bodies, body => body.AsSpan().IndexOf(Convert.FromHexString(token)) >= 0);
    }

    [Fact]
    public async Task Whoever_was_there_before_the_log_spoke_of_people_is_an_entry_from_the_next_start_on()
    {
        Assert.Empty(await SaidOfAsync(Mentor.Id));

        await using (var scope = Server.App.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<FirstAdmin>().SeedAsync(Ct);
        await using (var scope = Server.App.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<FirstAdmin>().SeedAsync(Ct);

        Assert.Equal(Roles.Mentor, Assert.Single(await SaidOfAsync(Mentor.Id)).Role);
    }

    [Fact]
    public async Task What_an_auditor_looks_at_is_an_entry_once_an_hour()
    {
        using var auditor = await AsAsync(Roles.Auditor);
        await auditor.ReadAsync($"/competencies/{Apprentice.Id}");
        await auditor.ReadAsync($"/competencies/{Apprentice.Id}");
        Server.Time.Advance(LookUps.Again);
        await auditor.ReadAsync($"/competencies/{Apprentice.Id}");

        var looks = (await EntriesAsync(EntryKind.Lookup)).Select(x => x.LookedUp).ToList();

        Assert.Equal(2, looks.Count);
        Assert.All(looks, look => Assert.Equal(($"/competencies/{Apprentice.Id}", "Some auditor", (Guid?)Apprentice.Id), (look.What, look.Name, LogId.From(look.OfPerson))));
    }

    [Fact]
    public async Task Which_device_an_auditor_looked_at_stands_in_the_leaf()
    {
        var device = await DeviceAsync("lab-b0007", Apprentice);
        using var auditor = await AsAsync(Roles.Auditor);

        await auditor.ReadAsync($"/devices/{device.Id}");

        Assert.Equal(device.Id, await Server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Lookup).Select(x => x.DeviceId).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData(Roles.Mentor), InlineData(Roles.Admin), InlineData(Roles.Apprentice)]
    public async Task What_those_of_the_lab_look_at_is_no_entry(string role)
    {
        using var one = await AsAsync(role);

        await one.ReadAsync("/competencies");

        Assert.Empty(await EntriesAsync(EntryKind.Lookup));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<List<LogBody>> EntriesAsync(EntryKind kind) => Server.InStoreAsync(async db =>
        (await db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct)).ConvertAll(LogBody.Parser.ParseFrom));

    private async Task<List<RoleGiven>> SaidOfAsync(Guid person) => [.. (await EntriesAsync(EntryKind.Role)).Select(x => x.RoleGiven).Where(x => LogId.From(x.PersonId) == person)];

    private Task<Guid> IdAsync(string name) => Server.InStoreAsync(db => db.Users.Where(x => x.UserName == name).Select(x => x.Id).SingleAsync(Ct));

    private async Task ChangeAsync(Func<RosterChanges, Task> change)
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<RosterChanges>());
    }
}
