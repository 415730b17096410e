using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Identity;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage.Devices;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.Identity;

/// <summary>The real agent, but for its collectors, against a real server; both in this process.</summary>
internal sealed class RealAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private RealAgent(AgentFolders folders, TimeProvider time)
    {
        Identity = DeviceIdentity.Load(folders);
        Spool = Agent.Uplink.Spool.Open(folders.Spool);
        var signer = new DeviceSigner(Identity.Device, Identity.Key);
        var refresh = new RefreshRequests();
        Writer = new ReportWriter(Spool, signer, refresh, time, NullLogger<ReportWriter>.Instance);
        var book = new UplinkBook(folders.Status, time, NullLogger<UplinkBook>.Instance);
        var cargo = new Cargo(Spool, Writer, signer, new CheckpointFile(folders.Checkpoint, NullLogger<CheckpointFile>.Instance), new ServerWishes(refresh, _ => { }));
        var stream = new Agent.Uplink.ReportStream(cargo, RunningUplink.Quick, book, time, NullLogger<Agent.Uplink.ReportStream>.Instance);
        var uplink = new Agent.Uplink.Uplink(Identity, stream, RunningUplink.Quick, book, time).RunAsync(_stop.Token);
        _running = Task.WhenAll(uplink, Writer.SignInTimeAsync(_stop.Token), new Renewal(Identity, time, NullLogger<Renewal>.Instance).RunAsync(_stop.Token));
    }

    public DeviceIdentity Identity { get; }

    public Agent.Uplink.Spool Spool { get; }

    private ReportWriter Writer { get; }

    public static RealAgent Start(AgentFolders folders, TimeProvider? time = null) => new(folders, time ?? TimeProvider.System);

    /// <summary>A join code for the first admin.</summary>
    public static async Task<JoinCodeContent> CodeAsync(RunningServer server) => Code(server, await Enrolment.Machine.TokenAsync(server));

    public static JoinCodeContent Code(RunningServer server, byte[] token) => new()
    {
        Address = $"localhost:{server.AgentPort}",
        CaPin = ByteString.CopyFrom(server.Keys.Authority.Pin),
        Token = ByteString.CopyFrom(token),
        ExpiresAt = server.Time.GetUtcNow().AddHours(1).ToTimestamp(),
    };

    public static Task<Enrolled> EnrolAsync(AgentFolders folders, JoinCodeContent code, string name = "bench-1") =>
        new Enroller(folders, TimeProvider.System).EnrolAsync(code, name, TestContext.Current.CancellationToken);

    /// <summary>Both codes of a split.</summary>
    public static async Task<(JoinCodeContent Right, JoinCodeContent Other)> SplitAsync(RunningServer server)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        var device = await server.InStoreAsync(db => db.Devices.Where(x => x.State == DeviceState.Quarantined).Select(x => x.Id).SingleAsync());
        var codes = await scope.ServiceProvider.GetRequiredService<CloneCases>().SplitAsync(device, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        return (Code(server, codes.RightToken), Code(server, codes.OtherToken));
    }

    public Task PutAsync(string name) => PutAsync(new Fact { Hardware = new Hardware { Product = name } });

    public async Task PutAsync(Fact fact) =>
        Assert.True(await Writer.PutAsync(new FactBatch(TimeProvider.System.GetUtcNow(), [fact], [], []), TestContext.Current.CancellationToken));

    /// <summary>Waits until the server has everything.</summary>
    public Task DeliveredAsync() => Eventually.TrueAsync(() => Task.FromResult(Spool.Last > 0 && Spool.Acknowledged == Spool.Last && !Spool.Carried.Any));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Writer.Dispose();
        Spool.Dispose();
        Identity.Dispose();
        _stop.Dispose();
    }
}
