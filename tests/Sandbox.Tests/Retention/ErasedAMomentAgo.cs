using Microsoft.EntityFrameworkCore;
using Sandbox.Server;
using Sandbox.Server.Devices;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.People;
using Sandbox.Evidence.Attribution;
using Sandbox.Tests.LabBackups;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Retention;

/// <summary>Nobody begins a new record of somebody whom they chose from a list a moment before the erasure.</summary>
public sealed class ErasedAMomentAgo : IAsyncLifetime
{
    private SavedLab _lab = null!;
    private Guid _elif;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 6);
        await using (var db = _lab.Open()) _elif = await db.IdAsync("elif");
        await Commands.DoneAsync(_lab.Folder, "retention", "erase", "elif", "--reason", "asked for it in writing", "--early", "--yes");
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public Task No_account_is_said_to_be_theirs() => RefusedAsync(db => new HolderBook(db, TimeProvider.System).AddAsync(
        new HeldAccount { PersonId = _elif, Kind = HolderKind.Account, Value = "elif", From = SeededRecord.At }, Ct));

    [Fact]
    public Task No_link_is_made() => RefusedAsync(db => new Invitations(db, TimeProvider.System).CreateAsync(_elif, Invitations.JoinLife, by: null, Ct));

    [Fact]
    public Task No_join_code_is_made() => RefusedAsync(db => new JoinCodes(db, TimeProvider.System).CreateAsync(_elif, TimeSpan.FromHours(1), replaces: null, Ct));

    private async Task RefusedAsync(Func<SandboxDb, Task> write)
    {
        await using var db = _lab.Open();
        var entries = await db.LogEntries.CountAsync(Ct);

        var refused = await Assert.ThrowsAsync<SetupException>(() => write(db));

        Assert.Contains("erased", refused.Message, StringComparison.Ordinal);
        Assert.Equal((0, entries), (await db.RowsOfAsync(_elif), await db.LogEntries.CountAsync(Ct)));
    }
}
