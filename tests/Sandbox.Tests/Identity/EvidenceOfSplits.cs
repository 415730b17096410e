using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Agent;
using Sandbox.Agent.Uplink;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Identity;

/// <summary>
/// The whole way of an identity that was in two places: what was noted before, what was done in quarantine and what came after, each as the evidence
/// log says it. Agent, spool and server are the real ones.
/// </summary>
public sealed class EvidenceOfSplits : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;
    private RealAgent _agent = null!;
    private DeviceId _id;

    private AgentFolders Folders => new(_folder.Path);

    private byte[] Key => _agent.Identity.Certificate.PublicKey.ExportSubjectPublicKeyInfo();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await RealAgent.EnrolAsync(Folders, await ApprenticesCodeAsync());
        _agent = RealAgent.Start(Folders);
        _id = _agent.Identity.Device;
        await _agent.PutAsync(ReportingDevice.Policy(8, history: 0));
        await _agent.DeliveredAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_piece_leads_to_the_key_that_the_machine_had_when_it_signed()
    {
        await _agent.PutAsync(ReportingDevice.Policy(14, history: 0));
        var (before, old) = (await StatementAsync("password.min_length"), Key);

        await QuarantineAsync();
        await _agent.PutAsync(ReportingDevice.Policy(14, history: 24));
        await SplitAsync();
        var during = await StatementAsync("password.history");

        var device = await _server.InStoreAsync(db => db.Devices.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(DeviceState.Active, device.State);
        Assert.Equal([old, Key], [device.PreviousPublicKey!, device.PublicKey]);
        AssertProves(before, old);
        AssertProves(during, Key);
        Assert.Equal((before.DeviceId, before.PersonId), (during.DeviceId, during.PersonId));
        Assert.NotEqual(before.Report.Epoch, during.Report.Epoch);
    }

    [Fact]
    public async Task What_was_delivered_but_not_signed_for_when_the_quarantine_came_says_that_only_the_connection_vouches()
    {
        await StatementlessAsync();

        await SplitAsync();
        var said = await StatementAsync("password.min_length");

        Assert.Equal((null, "the device's spool ended before it signed for the report"), (said.Chain, said.ChainMissing));
    }

    [Fact]
    public async Task What_is_done_after_it_counts_for_the_same_device_against_what_it_said_first()
    {
        await QuarantineAsync();
        await SplitAsync();

        await _agent.PutAsync(ReportingDevice.Policy(14, history: 0));
        var after = await StatementAsync("password.min_length");

        AssertProves(after, Key);
        Assert.NotEqual(after.BeforeReport.Epoch, after.Report.Epoch);
    }

    [Fact]
    public async Task After_a_second_split_the_log_has_each_of_the_three_keys_and_the_chains_hold()
    {
        await _agent.PutAsync(ReportingDevice.Policy(14, history: 0));
        var (first, firstKey) = (await StatementAsync("password.min_length"), Key);
        await QuarantineAsync();
        await _agent.PutAsync(ReportingDevice.Policy(14, history: 24));
        await SplitAsync();
        var (second, secondKey) = (await StatementAsync("password.history"), Key);

        await QuarantineAsync();
        await SplitAsync();

        AssertProves(first, firstKey);
        AssertProves(second, secondKey);
        Assert.Equal([firstKey, secondKey, Key], (await BodiesAsync(EntryKind.Enrolment)).Select(body => body.DeviceEnrolled.PublicKey.ToByteArray()));
    }

    private static void AssertProves(EvidenceStatement said, byte[] key)
    {
        Assert.Equal("watched", said.State);
        Assert.Equal(key, said.Chain.PublicKey.ToByteArray());
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    private async Task QuarantineAsync()
    {
        await ShutOutAsync();
        await Eventually.TrueAsync(() => Task.FromResult(AgentStatus.Read(Folders.Status)?.LastTrouble?.StartsWith("DEVICE_QUARANTINED", StringComparison.Ordinal) == true));
    }

    // A second change within a second is not signed at once: the agent stops being heard before it is.
    private async Task StatementlessAsync()
    {
        await _agent.PutAsync(ReportingDevice.Policy(8, history: 1));
        await _agent.PutAsync(ReportingDevice.Policy(14, history: 1));
        await Eventually.TrueAsync(() => _server.InStoreAsync(db => db.Evidence.AnyAsync(Ct)));
        await ShutOutAsync();
        Assert.Empty(await BodiesAsync(EntryKind.Evidence));
    }

    private async Task ShutOutAsync()
    {
        await using var scope = _server.App.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Quarantine>().BeginAsync(_id, "bench-1 and bench-2 took over from each other in turn", Ct));
    }

    // As its owner does it: stop the agent, enrol, start it again.
    private async Task SplitAsync()
    {
        var code = (await RealAgent.SplitAsync(_server)).Right;
        await _agent.DisposeAsync();
        await RealAgent.EnrolAsync(Folders, code);
        _agent = RealAgent.Start(Folders);
        await _agent.PutAsync("after the split");
    }

    private async Task<EvidenceStatement> StatementAsync(string target) => await Eventually.NotNullAsync(
        async () => (await BodiesAsync(EntryKind.Evidence)).Select(body => body.Evidence).FirstOrDefault(said => said.Target == target));

    private async Task<List<LogBody>> BodiesAsync(EntryKind kind) =>
        [.. (await _server.InStoreAsync(db => db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct))).Select(LogBody.Parser.ParseFrom)];

    private Task<JoinCodeContent> ApprenticesCodeAsync() => _server.InStoreAsync(async db =>
    {
        var role = await db.Roles.FirstOrDefaultAsync(x => x.Name == Roles.Apprentice, Ct) ?? db.Roles.Add(new IdentityRole<Guid>(Roles.Apprentice) { Id = Guid.NewGuid() }).Entity;
        var person = new Person { Id = Guid.NewGuid(), UserName = "elif", SecurityStamp = "" };
        db.Users.Add(person);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
        await db.SaveChangesAsync(Ct);
        return RealAgent.Code(_server, (await new JoinCodes(db, _server.Time).CreateAsync(person.Id, TimeSpan.FromHours(1), replaces: null, Ct)).Token);
    });
}
