using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Evidence;
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

    private Task StartAsync() =>
        new PolicyNote(_store.Services.GetRequiredService<IDbContextFactory<SandboxDb>>(), new FakeTimeProvider(ReportingDevice.Start)).StartAsync(Ct);

    private async Task<List<PolicyInForce>> SaidAsync()
    {
        await using var db = _store.Open();
        return (await db.LogEntries.OrderBy(x => x.Id).ToListAsync(Ct)).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body).PolicyInForce);
    }
}
