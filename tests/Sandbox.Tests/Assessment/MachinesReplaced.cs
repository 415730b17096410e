using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>One person's machine that is enrolled a second time, by mistake or because an administrator wants it to begin anew.</summary>
public sealed class MachinesReplaced
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrolled_again_by_mistake_it_earns_nothing()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var (_, second) = await EnrolledTwiceAsync(server);

        Assert.Empty(Mended(server, second).Evidence);
    }

    [Fact]
    public async Task Replaced_on_purpose_it_earns_with_a_reservation()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var (first, second) = await EnrolledTwiceAsync(server);
        await ReplaceAsync(server, first, second);

        Assert.Contains("administrator", Only(Mended(server, second)).GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_place_was_taken_is_seen_at_the_next_opening()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var (first, second) = await EnrolledTwiceAsync(server);
        Assert.Empty(Mended(server, second).Evidence);
        await ReplaceAsync(server, first, second);

        var writes = new JudgedAlone(server.IngestStore, second).Take(second.Say(Policy(8))).Take(second.Say(Policy(14))).Commit();

        Assert.Contains("administrator", Only(writes).GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_third_beginning_after_one_by_mistake_is_vouched_for_by_replacing_the_second()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var (_, second) = await EnrolledTwiceAsync(server);
        Mended(server, second);
        var owner = await server.QueryAsync(db => db.Devices.Where(x => x.Id == second.Id).Select(x => x.OwnerId).SingleAsync(Ct));
        var third = await ReportingDevice.EnrolAsync(server.Store, owner, ReportingDevice.Start.AddHours(-1));
        await ReplaceAsync(server, second, third);

        Assert.Single(Mended(server, third).Evidence);
    }

    private static async Task<(ReportingDevice First, ReportingDevice Second)> EnrolledTwiceAsync(RunningIngest server)
    {
        var (_, owner) = await server.EnrolForApprenticeAsync();
        var first = await ReportingDevice.EnrolAsync(server.Store, owner, ReportingDevice.Start.AddDays(-20));
        new JudgedAlone(server.IngestStore, first).Take(first.Say(Hardware())).Commit();
        return (first, await ReportingDevice.EnrolAsync(server.Store, owner, ReportingDevice.Start.AddDays(-10)));
    }

    private static StreamWrites Mended(RunningIngest server, ReportingDevice device) =>
        new JudgedAlone(server.IngestStore, device).Take(device.Say(Hardware(), Policy(8))).Take(device.Say(Policy(14))).Commit();

    private static StoredEvidence Only(StreamWrites writes) => Assert.Single(writes.Evidence.Values);

    private static Task<int> ReplaceAsync(RunningIngest server, ReportingDevice old, ReportingDevice heir) =>
        server.QueryAsync(db => db.Devices.Where(x => x.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.ReplacedBy, heir.Id), Ct));

    private static Fact Hardware() => new() { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433", SerialNumber = "7XK2" } };

    private static Fact Policy(int length) => ReportingDevice.Policy(length);
}
