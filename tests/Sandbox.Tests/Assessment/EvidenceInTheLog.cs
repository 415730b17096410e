using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>What the evidence log gets of verdicts and evidence, in the report's own transaction.</summary>
public sealed class EvidenceInTheLog
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_transition_is_an_entry_that_cites_its_report()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));
        var report = device.Say(ReportingDevice.Policy(14));

        await talk.SettleAsync(report);

        var said = (await BodiesAsync(server, EntryKind.Transition)).Last(body => body.VerdictChanged.Rule == "password.min_length").VerdictChanged;
        Assert.Equal(("fail", "pass", 2UL), (said.Before, said.After, said.Report.Sequence));
        Assert.Equal(ReportHash.Of(device.Id, report.Report.Span), said.Report.Hash.ToByteArray());
        Assert.Equal(await server.QueryAsync(db => db.Transitions.CountAsync(Ct)), (await EntriesAsync(server, EntryKind.Transition)).Count);
    }

    [Fact]
    public async Task A_leaf_holds_ids_and_a_commitment_and_no_name()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, apprentice) = await ChangeAsync(server, sign: true);

        var entry = Assert.Single(await EntriesAsync(server, EntryKind.Evidence));

        var row = await server.QueryAsync(db => db.Evidence.SingleAsync(Ct));
        Assert.Equal((device.Id, apprentice, row.Id), (entry.DeviceId!.Value, entry.PersonId!.Value, entry.SubjectId!.Value));
        Assert.DoesNotContain("min_length", System.Text.Encoding.ASCII.GetString(entry.Leaf), StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(LogEntry.Commit(entry.Salt, entry.Body)), System.Text.Encoding.ASCII.GetString(entry.Leaf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_of_a_signed_report_carries_a_chain_that_proves()
    {
        await using var server = await RunningIngest.StartAsync();

        await ChangeAsync(server, sign: true);

        var said = await OnlyAsync(server);
        Assert.Equal(("watched", "E1", 2UL, 1UL), (said.State, said.Grade, said.Report.Sequence, said.BeforeReport.Sequence));
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    [Fact]
    public async Task Evidence_waits_for_the_signature_of_a_later_report()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());
        var before = (await EntriesAsync(server, EntryKind.Evidence)).Count;

        await talk.SettleAsync(device.Write(_ => { }, sign: true));

        var said = await OnlyAsync(server);
        Assert.Equal(0, before);
        Assert.Equal(3, said.Chain.Reports.Count);
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
        Assert.Equal(0, await server.QueryAsync(db => db.Evidence.Select(x => x.LoggedRevision).SingleAsync(Ct)));
    }

    [Fact]
    public async Task It_waits_over_as_many_streams_as_it_takes()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());

        await talk.SettleAsync(device.Write(_ => { }, sign: true));

        var said = await OnlyAsync(server);
        Assert.Equal(5, said.Chain.Reports.Count);
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    [Fact]
    public async Task What_the_key_before_a_split_signed_still_holds()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (before, after) = (device.Caller.PublicKey, next.ExportSubjectPublicKeyInfo());
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.PreviousPublicKey, before).SetProperty(x => x.PublicKey, after), Ct));

        await (await server.OpenAsync(device)).SettleAsync(device.Write(_ => { }, sign: true));

        var said = await OnlyAsync(server);
        Assert.Equal(before, said.Chain.PublicKey.ToByteArray());
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    [Fact]
    public async Task A_spool_that_ends_before_it_signed_is_said()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        device.StartEpoch();

        await (await server.OpenAsync(device)).SettleAsync(device.Write(_ => { }, sign: true));

        var said = await OnlyAsync(server);
        Assert.Null(said.Chain);
        Assert.Equal("the device's spool ended before it signed for the report", said.ChainMissing);
        Assert.Equal(2UL, said.Report.Sequence);
    }

    [Fact]
    public async Task A_hole_before_the_signature_is_said()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        device.Lose(2);

        await (await server.OpenAsync(device)).SettleAsync(device.Write(_ => { }, sign: true));

        Assert.Equal("reports between this one and the device's next signature were lost", (await OnlyAsync(server)).ChainMissing);
    }

    [Fact]
    public async Task A_chain_does_not_grow_without_end()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        var talk = await server.OpenAsync(device);

        for (var i = 0; i < 70; i++) await talk.SettleAsync(device.Say());

        Assert.Equal("the device's next signature lies too far behind the report", (await OnlyAsync(server)).ChainMissing);
    }

    [Fact]
    public async Task What_became_of_it_is_a_statement_of_its_own_with_the_report_that_showed_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: true);

        await (await server.OpenAsync(device)).SettleAsync(device.Write(r => r.Facts.Add(ReportingDevice.Policy(8)), sign: true));

        var said = (await BodiesAsync(server, EntryKind.Evidence)).ConvertAll(body => body.Evidence);
        Assert.Equal(["watched", "undone"], said.Select(x => x.State));
        Assert.Equal(said[0].EvidenceId, said[1].EvidenceId);
        Assert.Equal((2UL, 3UL), (said[1].Report.Sequence, said[1].SettlingReport.Sequence));
        Assert.Null(ChainProof.Fault(said[1].SettlingReport, said[1].Chain));
    }

    [Fact]
    public async Task What_was_taken_back_before_the_device_signed_was_watched_all_the_same()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();

        await (await server.OpenAsync(device)).SettleAsync(
            device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)), device.Write(r => r.Facts.Add(ReportingDevice.Policy(8)), sign: true));

        await AssertWatchedAndUndoneAsync(server);
    }

    [Fact]
    public async Task What_waits_is_known_again_after_a_restart_with_the_report_that_settled_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await ChangeAsync(server, sign: false);
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(8)));

        await (await server.OpenAsync(device)).SettleAsync(device.Write(_ => { }, sign: true));

        await AssertWatchedAndUndoneAsync(server);
    }

    // A machine without an id of its maker is known once its network and its system have come, too; its evidence rests on the hardware all the same.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_rests_on_an_earlier_report_of_the_same_batch_cites_it(bool atOnce)
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(
            device.Say(new Fact { Hardware = new Hardware() }),
            device.Say(new Fact { NetworkInterfaces = new NetworkInterfaces() }),
            device.Write(r => r.Facts.Add(new Fact { OperatingSystem = new Protocol.OperatingSystem { MachineId = "0123456789abcdef0123456789abcdef" } }), atOnce));
        if (!atOnce) await talk.SettleAsync(device.Write(_ => { }, sign: true));

        var said = await OnlyAsync(server);
        Assert.Equal(("device.set_up", 1UL), (said.Act, said.Report.Sequence));
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    private static async Task AssertWatchedAndUndoneAsync(RunningIngest server)
    {
        var said = (await BodiesAsync(server, EntryKind.Evidence)).ConvertAll(body => body.Evidence);
        Assert.Equal(["watched", "undone"], said.Select(x => x.State));
        Assert.Equal((2UL, 2UL, 3UL), (said[0].Report.Sequence, said[1].Report.Sequence, said[1].SettlingReport.Sequence));
        Assert.Null(ChainProof.Fault(said[0].Report, said[0].Chain));
        Assert.Null(ChainProof.Fault(said[1].SettlingReport, said[1].Chain));
        var row = await server.QueryAsync(db => db.Evidence.SingleAsync(Ct));
        Assert.Equal((EvidenceState.Undone, (int?)row.Revision), (row.State, row.LoggedRevision));
    }

    private static async Task<(ReportingDevice Device, Guid Apprentice)> ChangeAsync(RunningIngest server, bool sign)
    {
        var (device, apprentice) = await server.EnrolForApprenticeAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Write(r => r.Facts.Add(ReportingDevice.Policy(14)), sign));
        return (device, apprentice);
    }

    private static async Task<EvidenceStatement> OnlyAsync(RunningIngest server) => Assert.Single(await BodiesAsync(server, EntryKind.Evidence)).Evidence;

    private static async Task<List<LogBody>> BodiesAsync(RunningIngest server, EntryKind kind) =>
        (await EntriesAsync(server, kind)).ConvertAll(entry => LogBody.Parser.ParseFrom(ByteString.CopyFrom(entry.Body!)));

    private static Task<List<LoggedEntry>> EntriesAsync(RunningIngest server, EntryKind kind) =>
        server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == kind).OrderBy(x => x.Id).ToListAsync(Ct));
}
