using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Retention;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Tests.LabBackups;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Retention;

/// <summary>What stands in the way of an erasure is said, and nothing is erased.</summary>
public sealed class RefusedErasures : IAsyncLifetime
{
    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 4);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Under_a_legal_hold_nothing_is_erased_early_or_not()
    {
        await Commands.DoneAsync(_lab.Folder, "people", "exit", "elif", "--on", "2015-06-30");
        await Commands.DoneAsync(_lab.Folder, "retention", "hold", "elif", "--reason", "case 12-3");

        await RefusedAsync("elif is held since", "elif");
        await RefusedAsync("case 12-3. Nothing of theirs is erased before: sandbox-server retention release elif", "elif", "--early");
    }

    [Fact]
    public async Task Who_has_not_left_is_erased_only_when_they_ask_for_it() => await RefusedAsync("elif has not left", "elif");

    [Fact]
    public async Task Before_the_day_only_who_asks_for_it_is_erased()
    {
        var left = TimeProvider.System.GetUtcNow().AddYears(-1);
        await Commands.DoneAsync(_lab.Folder, "people", "exit", "elif", "--on", $"{left:yyyy-MM-dd}");

        await RefusedAsync($"keeps that for 5 years, until {left.Year + 5}-", "elif");
    }

    [Fact]
    public async Task Whoever_signed_a_record_that_is_kept_is_kept_with_it()
    {
        await Commands.DoneAsync(_lab.Folder, "people", "add", "mara", "--role", "mentor");
        await using (var db = _lab.Open()) await db.SeedRecordAsync(await db.IdAsync("elif"), signedBy: await db.IdAsync("mara"));

        await RefusedAsync("mara decided about lines of 1 person whose record is kept", "mara", "--early");
    }

    [Fact]
    public async Task A_mentor_who_signed_nothing_that_is_kept_is_erased()
    {
        await Commands.DoneAsync(_lab.Folder, "people", "add", "mara", "--role", "mentor");
        await _lab.RunAsync();

        Assert.Contains("The record of mara is erased", await Commands.DoneAsync(_lab.Folder, "retention", "erase", "mara", "--reason", "left the lab", "--early", "--yes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_gets_another_role_first() => await RefusedAsync("admin is an admin", "admin", "--early");

    [Fact]
    public async Task A_device_that_still_reports_for_them_is_retired_first()
    {
        string name;
        await using (var db = _lab.Open()) name = (await db.SeedDeviceAsync(await db.IdAsync("elif"), DeviceState.Active)).Name;

        await RefusedAsync($"{name} reports for elif and would begin a new record: retire it first", "elif", "--early");
    }

    [Fact]
    public async Task A_fault_that_is_seeded_for_them_is_undone_first()
    {
        string name;
        await using (var db = _lab.Open())
        {
            var device = await db.SeedDeviceAsync(Guid.NewGuid(), DeviceState.Active);
            name = device.Name;
            db.SeededFaults.Add(new SeededFault { Id = Guid.NewGuid(), AssignmentId = Guid.NewGuid(), PersonId = await db.IdAsync("elif"), DeviceId = device.Id, State = SeededState.Applied, DueAt = SeededRecord.At, Until = SeededRecord.At.AddHours(1) });
            await db.SaveChangesAsync(Ct);
        }

        await RefusedAsync($"A fault that was seeded for elif is not over on {name}", "elif", "--early");
    }

    [Theory]
    [InlineData("Say whose record: PERSON, or --due", "--reason", "r")]
    [InlineData("Say whose record: PERSON, or --due", "elif", "--due")]
    [InlineData("--early is one person's wish", "--due", "--early")]
    [InlineData("Say why", "elif", "--early")]
    [InlineData("The reason names elif", "elif", "--early", "--reason", "Elif asked for it")]
    public async Task What_is_asked_for_wrongly_is_refused_in_words_with_2(string words, params string[] args)
    {
        var (code, _, error) = await Commands.RunAsync(_lab.Folder, ["retention", "erase", .. args, "--yes"]);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        await UntouchedAsync();
    }

    [Theory]
    [InlineData("Ed asked for it"), InlineData("on the wish of ED."), InlineData("Eduard Fox has left")]
    public void A_reason_names_nobody(string reason) => Assert.Throws<Sandbox.Server.SetupException>(() => new AskedErasure(reason, Early: true, By: null).RequireNameless(Ed));

    [Fact]
    public void A_name_within_a_word_is_no_name() => new AskedErasure("they asked and resigned", Early: true, By: null).RequireNameless(Ed);

    private static KeptPerson Ed => new(Guid.NewGuid(), "ed", "Eduard Fox", "apprentice", "IT", 5, null, null, null, null, IsDue: false);

    private async Task RefusedAsync(string words, params string[] args)
    {
        var (code, output, _) = await Commands.RunAsync(_lab.Folder, ["retention", "erase", .. args, "--reason", "asked for it in writing", "--yes"]);

        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        await UntouchedAsync();
    }

    private async Task UntouchedAsync()
    {
        await using var db = _lab.Open();
        Assert.Equal((0, 0), (await db.LogEntries.CountAsync(x => x.Kind == EntryKind.Erasure, Ct), await db.LogEntries.CountAsync(x => x.Body == null, Ct)));
    }
}
