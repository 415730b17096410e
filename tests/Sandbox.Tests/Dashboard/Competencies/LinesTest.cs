using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>A test of what is decided about line 1.3 of the apprentice.</summary>
public abstract partial class LinesTest : PagesTest
{
    private protected string Url => UrlOf("1.3");

    private protected string UrlOf(string line) => $"/competencies/{Apprentice.Id}/{line}";

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A piece of evidence for line 1.3, of the apprentice unless somebody else is named.</summary>
    private protected Task<StoredEvidence> EvidenceAsync(EvidenceState state = EvidenceState.Held, Grade grade = Grade.E1, string device = "lab-07", Person? of = null) => Server.InStoreAsync(async db =>
    {
        var item = await new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(of ?? Apprentice, device, state);
        await db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Grade, grade));
        return item;
    });

    /// <summary>Opens the page, and sends the form of a decision with what the page carries.</summary>
    private protected static async Task<HttpResponseMessage> DecideAsync(Visitor who, string url, string verb, string words = "", string password = LabSeed.Password, string column = "ojt")
    {
        var page = await who.ReadAsync(url);
        return await SendAsync(who, page, url, verb, words, password, column);
    }

    /// <summary>Sends it from a page that was opened before.</summary>
    private protected static Task<HttpResponseMessage> SendAsync(Visitor who, string page, string url, string verb, string words = "", string password = LabSeed.Password, string column = "ojt")
    {
        var form = page.IndexOf($"{url}/{column}/{verb}\"", StringComparison.Ordinal);
        var seen = form < 0 ? "" : Seen().Match(page, form).Groups[1].Value;
        var token = Token().Match(page).Groups[1].Value;
        return who.SendBareFormAsync($"{url}/{column}/{verb}", ("words", words), ("password", password), ("seen", seen), ("__RequestVerificationToken", token));
    }

    private protected static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));

    private protected static async Task RefusedAsync(HttpResponseMessage answer, string words)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await TextAsync(answer), StringComparison.Ordinal);
    }

    private protected static void Done(HttpResponseMessage answer) => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

    /// <summary>What the log says of decisions, the oldest first.</summary>
    private protected Task<IReadOnlyList<LineDecided>> DecidedAsync() => Server.InStoreAsync<IReadOnlyList<LineDecided>>(async db =>
        [.. (await db.LogEntries.AsNoTracking().Where(e => e.Kind == EntryKind.SignOff).OrderBy(e => e.Id).Select(e => e.Body!).ToListAsync(Ct)).Select(body => LogBody.Parser.ParseFrom(body).LineDecided)]);

    private protected Task<Visitor> AsRoleAsync(string role) => role == Roles.Apprentice ? AsApprenticeAsync() : AsAsync(role);

    private protected Task<int> BecomeAsync(Guid person, string role) => Server.InStoreAsync(async db =>
    {
        var id = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(Ct);
        await db.UserRoles.Where(r => r.UserId == person).ExecuteDeleteAsync(Ct);
        db.UserRoles.Add(new() { UserId = person, RoleId = id });
        return await db.SaveChangesAsync(Ct);
    });

    [GeneratedRegex("name=\"seen\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Seen();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
