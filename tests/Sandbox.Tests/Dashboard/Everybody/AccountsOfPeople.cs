using System.Net;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Everybody;

/// <summary>Who works under which account, on the page of the person.</summary>
public sealed class AccountsOfPeople : PagesTest
{
    private const string Key = "SHA256:tccDu9AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task An_admin_says_whose_an_account_is_and_takes_it_back()
    {
        using var admin = await AsAsync(Roles.Admin);
        Assert.Contains("counts for nobody, because nobody knows that it is them", await admin.ReadAsync(Url()), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await AddAsync(admin, "Account", "elif")).StatusCode);
        var held = await Server.InStoreAsync(db => db.HeldAccounts.SingleAsync());
        Assert.Equal((Apprentice.Id, HolderKind.Account, "elif", false), (held.PersonId, held.Kind, held.Value, held.Until.HasValue));
        Assert.NotNull(held.AddedBy);
        Assert.Contains("elif</code>", await admin.ReadAsync(Url()), StringComparison.Ordinal);

        Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.SendFormOfAsync(Url(), $"{Url()}/accounts/{held.Id}/end")).StatusCode);
        var until = (await Server.InStoreAsync(db => db.HeldAccounts.AsNoTracking().SingleAsync())).Until;
        Assert.InRange(Server.Time.GetUtcNow() - until!.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("Account", "root", "everybody's account")]
    [InlineData("Account", "two words", "cannot be the name of an account")]
    [InlineData("Account", "", "cannot be the name of an account")]
    [InlineData("Key", "SHA256:short", "no fingerprint of a key")]
    [InlineData("Sid", "S-2-5", "no SID")]
    [InlineData("Sid", "S-1-5-80-1-2", "an account of Windows itself (a service)")]
    [InlineData("Sid", "S-1-5-21-1-2-3-500", "came with Windows")]
    [InlineData("Face", "elif", "Choose by what")]
    public async Task What_cannot_be_is_refused_in_words(string kind, string value, string words)
    {
        using var admin = await AsAsync(Roles.Admin);

        var answer = await AddAsync(admin, kind, value);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal(0, await Server.InStoreAsync(db => db.HeldAccounts.CountAsync()));
    }

    [Fact]
    public async Task A_sid_is_kept_in_its_usual_form_and_says_what_it_names_on_every_device()
    {
        using var admin = await AsAsync(Roles.Admin);

        Assert.Equal(HttpStatusCode.Redirect, (await AddAsync(admin, "Sid", "s-1-5-21-1111111111-2222222222-3333333333-1001")).StatusCode);

        Assert.Equal((HolderKind.Sid, "S-1-5-21-1111111111-2222222222-3333333333-1001"), await Server.InStoreAsync(db => db.HeldAccounts.Select(x => ValueTuple.Create(x.Kind, x.Value)).SingleAsync()));
        Assert.Contains("every device, as an account of a domain", await admin.ReadAsync(Url()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_twice_is_refused_and_again_after_its_end_it_is_not()
    {
        using var admin = await AsAsync(Roles.Admin);
        await AddAsync(admin, "Key", Key);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(admin, "Key", Key)).StatusCode);
        var held = await Server.InStoreAsync(db => db.HeldAccounts.SingleAsync());
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await admin.SendFormOfAsync(Url(), $"{Url()}/accounts/{held.Id}/end");

        Assert.Equal(HttpStatusCode.Redirect, (await AddAsync(admin, "Key", Key)).StatusCode);
    }

    [Fact]
    public async Task An_account_of_two_says_that_it_names_nobody()
    {
        using var admin = await AsAsync(Roles.Admin);
        await AddAsync(admin, "Account", "lab");
        await admin.SendFormOfAsync($"/people/{Mentor.Id}", $"/people/{Mentor.Id}/accounts", ("kind", "Account"), ("value", "lab"));

        Assert.Contains("shared: names nobody", await admin.ReadAsync(Url()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Mentor), InlineData(Roles.Auditor), InlineData(Roles.Apprentice)]
    public async Task Nobody_else_decides_whose_an_account_is(string role)
    {
        using var visitor = await AsAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"{Url()}/accounts", ("kind", "Account"), ("value", "elif"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendFormOfAsync("/", $"{Url()}/accounts/{Guid.NewGuid()}/end")).StatusCode);
        if (role != Roles.Apprentice) Assert.DoesNotContain("/accounts\"", await visitor.ReadAsync(Url()), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AddAsync(Visitor admin, string kind, string value) => admin.SendFormOfAsync(Url(), $"{Url()}/accounts", ("kind", kind), ("value", value));

    private string Url() => $"/people/{Apprentice.Id}";
}
