using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.Export;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Retention;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard.Competencies;
using Sandbox.Verify;

namespace Sandbox.Tests.Retention;

/// <summary>A running server whose apprentice was erased: every page is there, says nothing of them, and bundles are proved.</summary>
public sealed class PagesAfterAnErasure : LinesTest
{
    [Fact]
    public async Task Their_own_page_says_that_they_were_erased_and_which_entry_says_so()
    {
        await EraseAsync();
        using var mentor = await AsMentorAsync();

        var answer = await mentor.GetAsync($"/people/{Apprentice.Id}");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("record was erased on", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Contains("of the evidence log says", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/"), InlineData("/people"), InlineData("/competencies"), InlineData("/evidence"), InlineData("/assignments"), InlineData("/assignments/new"), InlineData("/devices"), InlineData("/log"), InlineData("/export"), InlineData("/enrol"), InlineData("/policy")]
    public async Task No_page_fails_or_names_them(string path)
    {
        await EraseAsync();
        using var mentor = await AsMentorAsync();

        Assert.DoesNotContain("Elif", await mentor.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Their_devices_stay_without_the_name_of_an_owner()
    {
        var device = await EraseAsync();
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device}");

        Assert.Contains("lab-07", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Elif", page, StringComparison.Ordinal);
    }

    [Theory, InlineData("/competencies/{0}"), InlineData("/competencies/{0}/1.3")]
    public async Task Their_lines_are_not_there_any_more(string path)
    {
        await EraseAsync();
        using var mentor = await AsMentorAsync();

        var answer = await mentor.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Apprentice.Id));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_log_says_that_it_was_erased_by_how_many_entries_and_why()
    {
        await EraseAsync();
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync("/log"));

        Assert.Contains("of one person was erased before the end of the 5 years for which Information Technology Generalist keeps records: asked for it in writing", page, StringComparison.Ordinal);
        Assert.Contains(">erased<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_signed_in_is_sent_to_the_door_within_a_minute()
    {
        using var elif = await AsApprenticeAsync();
        await EraseAsync();
        Server.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Redirect, (await elif.GetAsync("/competencies")).StatusCode);
    }

    [Fact]
    public async Task A_bundle_of_everything_shows_what_was_erased_and_is_proved()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        await EvidenceAsync(device: "bench-of-noor", of: noor);
        await EraseAsync();

        var report = await VerifyAsync(new ExportScope());

        Assert.DoesNotContain(report.Faults, fault => fault.What.Contains("erased", StringComparison.Ordinal));
        Assert.Equal(report.Shows!.Erased, Assert.Single(report.Shows.Erasures).Entries);
        Assert.True(report.Shows.Erased > 1);
    }

    [Fact]
    public async Task A_bundle_of_somebody_else_holds_the_erasure_and_nothing_that_was_erased()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        await EvidenceAsync(device: "bench-of-noor", of: noor);
        await EraseAsync();

        var report = await VerifyAsync(new ExportScope { Person = noor.Id });

        Assert.Equal((0L, 1), (report.Shows!.Erased, report.Shows.Erasures.Count));
    }

    [Fact]
    public async Task A_bundle_waits_until_an_erasure_has_its_place()
    {
        await EraseAsync(sequenced: false);

        var report = await VerifyAsync(new ExportScope());

        Assert.DoesNotContain(report.Faults, fault => fault.What.Contains("erased", StringComparison.Ordinal));
        Assert.Single(report.Shows!.Erasures);
    }

    // The id of their device, which is retired.
    private async Task<string> EraseAsync(bool sequenced = true)
    {
        var item = await EvidenceAsync();
        using (var mentor = await AsMentorAsync()) Done(await DecideAsync(mentor, Url, "sign", "I watched it."));
        await Server.InStoreAsync(db => db.Devices.Where(d => d.OwnerId == Apprentice.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeviceState.Retired), Ct));
        await SequencedAsync();
        await using (var scope = Server.App.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Erasure>().RunAsync(Apprentice.Id, new AskedErasure("asked for it in writing", Early: true, By: null), Ct);
        if (sequenced) await SequencedAsync();
        return $"{item.DeviceId}";
    }

    private async Task<Sandbox.Verify.Words.Report> VerifyAsync(ExportScope scope)
    {
        await using var services = Server.App.Services.CreateAsyncScope();
        var made = services.ServiceProvider.GetRequiredService<BundleExport>().MakeAsync(scope, by: null, Ct);
        while (!made.IsCompleted) await TickAsync();
        using var bundle = await made;
        using var zip = new MemoryStream();
        await bundle.WriteAsync(zip, Ct);
        return await Verify.MadeBundle.VerifyAsync(zip.ToArray(), new VerifySettings { Key = Server.App.Services.GetRequiredService<LogKeys>().Verifiers[0] });
    }

    private async Task SequencedAsync()
    {
        while (await Server.InStoreAsync(db => db.LogEntries.AnyAsync(x => x.LeafIndex == null, Ct))) await TickAsync();
    }

    private async Task TickAsync()
    {
        Server.App.Services.GetRequiredService<LogBell>().Ring();
        Server.Time.Advance(TimeSpan.FromMilliseconds(250));
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
    }
}
