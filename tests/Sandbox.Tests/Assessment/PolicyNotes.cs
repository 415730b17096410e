using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Assessment;

/// <summary>Which policy judges is in the log.</summary>
public sealed class PolicyNotes : IAsyncLifetime
{
    private TemporaryStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TemporaryStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_first_start_notes_the_policy_with_its_rules()
    {
        await StartAsync();

        var said = Assert.Single(await SaidAsync());
        Assert.Equal(LabDefault.Name, said.Policy);
        Assert.Contains("password.min_length: at least 12 characters", said.Rules);
    }

    [Fact]
    public async Task The_next_start_notes_nothing()
    {
        await StartAsync();

        await StartAsync();

        Assert.Single(await SaidAsync());
    }

    [Fact]
    public async Task A_start_with_another_policy_notes_it()
    {
        await using (var db = _store.Open())
        {
            db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, ReportingDevice.Start, new LogBody { PolicyInForce = new PolicyInForce { Policy = "lab-default/0" } }));
            await db.SaveChangesAsync(Ct);
        }

        await StartAsync();

        Assert.Equal(["lab-default/0", LabDefault.Name], (await SaidAsync()).Select(x => x.Policy));
    }

    [Fact]
    public async Task Another_exemption_of_the_same_policy_is_noted_too()
    {
        const string Text = "schema: 1\nid: lab\nversion: 1\ntitle: t\nextends: stig\n";
        await StartAsync(PolicyReader.Read(Text).Policy);
        await StartAsync(PolicyReader.Read(Text + "exemptions:\n  - { rule: firewall.active, reason: behind a router, until: 2027-01-31 }\n").Policy);

        Assert.Equal(["firewall.active, everybody, every device, until 2027-01-31: behind a router"], (await SaidAsync())[^1].Exemptions);
    }

    [Fact]
    public async Task With_another_policy_every_device_that_was_judged_is_due()
    {
        var (judged, never) = (await ReportingDevice.EnrolAsync(_store), await ReportingDevice.EnrolAsync(_store));
        await StartAsync();
        await using (var db = _store.Open()) await db.Devices.Where(row => row.Id == judged.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgeAt, ReportingDevice.Start.AddDays(9)), Ct);

        await StartAsync();
        Assert.Equal(ReportingDevice.Start.AddDays(9), await JudgeAtAsync(judged.Id));
        await StartAsync(PolicyProfiles.Find("stig"));
        Assert.Equal(ReportingDevice.Start, await JudgeAtAsync(judged.Id));
        Assert.Null(await JudgeAtAsync(never.Id));
    }

    [Fact]
    public async Task A_restart_in_the_middle_goes_on_with_those_that_were_not_judged_yet()
    {
        var (done, left) = (await ReportingDevice.EnrolAsync(_store), await ReportingDevice.EnrolAsync(_store));
        await using (var db = _store.Open()) await db.Devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgeAt, ReportingDevice.Start.AddDays(9)), Ct);
        await StartAsync(PolicyProfiles.Find("stig"));
        await using (var db = _store.Open()) await db.Devices.Where(row => row.Id == done.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgeAt, ReportingDevice.Start.AddDays(3)), Ct);

        await StartAsync(PolicyProfiles.Find("stig"));

        Assert.Equal((ReportingDevice.Start.AddDays(3), ReportingDevice.Start), (await JudgeAtAsync(done.Id), await JudgeAtAsync(left.Id)));
    }

    private Task StartAsync(Policy? policy = null) =>
        new PolicyNote(_store.Services.GetRequiredService<IDbContextFactory<SandboxDb>>(), policy ?? LabDefault.Policy, new FakeTimeProvider(ReportingDevice.Start)).StartAsync(Ct);

    private async Task<DateTimeOffset?> JudgeAtAsync(DeviceId device)
    {
        await using var db = _store.Open();
        return await db.Devices.Where(row => row.Id == device).Select(row => row.JudgeAt).SingleAsync(Ct);
    }

    private async Task<List<PolicyInForce>> SaidAsync()
    {
        await using var db = _store.Open();
        return (await db.LogEntries.OrderBy(x => x.Id).ToListAsync(Ct)).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body).PolicyInForce);
    }
}
