using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>Evidence as reports come in.</summary>
public sealed class EvidenceOfChanges
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_on_an_apprentices_device_is_evidence_that_names_both_reports()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, apprentice) = await server.EnrolForApprenticeAsync();
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        var (row, reports) = (await OnlyAsync(server), await server.QueryAsync(db => db.Reports.OrderBy(x => x.Id).Select(x => x.Id).ToListAsync(Ct)));
        Assert.Equal((apprentice, device.Id, "1.3", "password.min_length", EvidenceState.Watched), (row.PersonId, row.DeviceId, row.Line, row.Target, row.State));
        Assert.Equal((reports[0], reports[1]), (row.BeforeReportId!.Value, row.ReportId));
    }

    [Theory]
    [InlineData(Roles.Mentor)]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Auditor)]
    public async Task A_change_on_anybody_elses_device_is_none(string role)
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync(role);
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)));

        Assert.Equal(0, await server.QueryAsync(db => db.Evidence.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_repair_of_a_seeded_fault_is_evidence_and_no_longer_once_it_is_heard_that_the_helper_undid_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        var seeded = new Seeded(Guid.NewGuid(), FaultName.PasswordMinLengthShortened, "", "", ReportingDevice.Start, SeededEnd.None);
        server.Seeded.Set(device.Id, [seeded]);
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)), device.Say(ReportingDevice.Policy(6)), device.Say(ReportingDevice.Policy(14)));
        var noted = await OnlyAsync(server);

        server.Seeded.Set(device.Id, [seeded with { End = SeededEnd.Undone }]);
        await talk.SettleAsync(device.Say());

        Assert.Equal((seeded.Id, EvidenceState.Watched), (noted.SeededFaultId!.Value, noted.State));
        Assert.Equal((seeded.Id, EvidenceState.Undone), await OnlyAsync(server) is var row ? (row.SeededFaultId!.Value, row.State) : default);
    }

    [Fact]
    public async Task What_the_device_said_first_is_remembered_over_streams()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)));

        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));

        Assert.Equal(0, await server.QueryAsync(db => db.Evidence.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_change_that_came_while_the_server_was_away_counts()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)));

        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));

        Assert.Equal(EvidenceState.Watched, (await OnlyAsync(server)).State);
    }

    [Fact]
    public async Task It_holds_by_the_report_that_verifies_it_after_its_time()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(24));

        await (await server.OpenAsync(device)).SettleAsync(SameAfter(device, TimeSpan.FromHours(25)));

        var row = await OnlyAsync(server);
        Assert.Equal((EvidenceState.Held, ReportingDevice.Start.AddHours(24)), (row.State, row.StateSince));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_is_undone_in_the_store_too()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)));

        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)));

        Assert.Equal(EvidenceState.Undone, (await OnlyAsync(server)).State);
    }

    [Fact]
    public async Task The_same_hardware_twice_is_set_up_once()
    {
        await using var server = await RunningIngest.StartAsync();
        var ((first, _), (again, _)) = (await server.EnrolForApprenticeAsync(), await server.EnrolForApprenticeAsync());
        var machine = new Fact { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" } };
        await (await server.OpenAsync(first)).SettleAsync(first.Say(machine));

        await (await server.OpenAsync(again)).SettleAsync(again.Say(machine), again.Say(Network()));

        var row = await OnlyAsync(server);
        Assert.Equal((first.Id, "1.1"), (row.DeviceId, row.Line));
    }

    [Fact]
    public async Task Hardware_of_a_device_that_earns_nothing_is_known_all_the_same()
    {
        await using var server = await RunningIngest.StartAsync();
        var (mentors, (apprentices, _)) = (await server.EnrolAsync(), await server.EnrolForApprenticeAsync());
        var machine = new Fact { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" } };
        await (await server.OpenAsync(mentors)).SettleAsync(mentors.Say(machine));

        await (await server.OpenAsync(apprentices)).SettleAsync(apprentices.Say(machine));

        Assert.Equal(0, await server.QueryAsync(db => db.Evidence.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_rule_that_was_broken_before_the_machine_was_enrolled_again_earns_nothing()
    {
        await using var server = await RunningIngest.StartAsync();
        var (first, apprentice) = await server.EnrolForApprenticeAsync();
        var again = await ReportingDevice.EnrolAsync(server.Store, apprentice, ReportingDevice.Start.AddHours(1));
        var machine = new Fact { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" } };
        await (await server.OpenAsync(first)).SettleAsync(first.Say(machine, ReportingDevice.Policy(14)));

        await (await server.OpenAsync(again)).SettleAsync(again.Say(machine, ReportingDevice.Policy(8)), again.Say(ReportingDevice.Policy(14)));

        var row = await OnlyAsync(server);
        Assert.Equal((first.Id, "1.1"), (row.DeviceId, row.Line));
    }

    [Fact]
    public async Task Pages_hear_of_it()
    {
        // Without the clock: it would judge the silence of the day as well, and tell that.
        await using var server = await RunningIngest.StartAsync(paused: true);
        await server.ResumeAsync(withClock: false);
        var (device, _) = await server.EnrolForApprenticeAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(24));
        using var feed = server.Feed.Subscribe();
        await using var events = feed.ReadAsync(Ct).GetAsyncEnumerator(Ct);

        await talk.SettleAsync(SameAfter(device, TimeSpan.FromHours(25)));

        foreach (var change in new[] { LiveChange.Line, LiveChange.Facts })
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct));
            Assert.Equal((device.Id, change), (events.Current.Device!.Value, events.Current.Change));
        }
    }

    private static SignedReport SameAfter(ReportingDevice device, TimeSpan time) => device.Write(report =>
    {
        report.CollectedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(ReportingDevice.Start + time);
        report.Unchanged.Add(Fact.PasswordPolicyFieldNumber);
    });

    private static Fact Network() => new() { NetworkInterfaces = new NetworkInterfaces { Gateways = { "192.0.2.1" } } };

    private static Task<StoredEvidence> OnlyAsync(RunningIngest server) => server.QueryAsync(db => db.Evidence.SingleAsync(Ct));
}
