using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>A device that cannot be judged is trouble of its own and of nobody else.</summary>
public sealed class EvidenceFaults
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_cannot_be_judged_is_stored_and_acknowledged()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await DamagedAsync(server);
        var talk = await server.OpenAsync(device);

        var answers = await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        Assert.Equal(1UL, answers[^1].Acknowledgement.LastSequence);
        Assert.Equal([1L], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task Its_verdicts_are_errors_that_say_why()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await DamagedAsync(server);

        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));

        var findings = await server.QueryAsync(db => db.Findings.ToListAsync(Ct));
        Assert.NotEmpty(findings);
        Assert.All(findings, x => Assert.Equal((Verdict.Error, true), (x.Verdict, x.Reason!.Contains("could not judge", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Verdicts_that_were_good_do_not_stay_so()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));
        await server.QueryAsync(db => db.Facts.ExecuteUpdateAsync(set => set.SetProperty(x => x.Bytes, [0xff]), Ct));

        await (await server.OpenAsync(device)).SettleAsync(device.Say());

        Assert.All(await server.QueryAsync(db => db.Findings.ToListAsync(Ct)), x => Assert.Equal(Verdict.Error, x.Verdict));
    }

    [Fact]
    public async Task The_other_devices_of_the_batch_are_judged()
    {
        await using var server = await RunningIngest.StartAsync();
        var (damaged, other) = (await DamagedAsync(server), await server.EnrolAsync());
        var (talk, otherTalk) = (await server.OpenAsync(damaged), await server.OpenAsync(other));

        await talk.SendAsync(damaged.Say(ReportingDevice.Policy(14)));
        await otherTalk.SettleAsync(other.Say(ReportingDevice.Policy(14)));

        var finding = await server.QueryAsync(db => db.Findings.SingleAsync(x => x.DeviceId == other.Id && x.Rule == "password.min_length", Ct));
        Assert.Equal(Verdict.Pass, finding.Verdict);
    }

    [Fact]
    public async Task Evidence_that_waits_is_proved_through_a_report_that_could_not_be_judged()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var (device, _) = await server.EnrolForApprenticeAsync();
        var judged = new JudgedAlone(new NoLookUps(server.IngestStore), device).Take(device.Say(ReportingDevice.Policy(8))).Take(device.Say(ReportingDevice.Policy(14)));

        judged.Take(device.Say(new Fact { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" } }));
        judged.Take(device.Write(_ => { }, sign: true)).Commit();

        Assert.Equal(3, judged.Fault?.Sequence);
        var said = Assert.Single(judged.Writes.Entries.Select(entry => LogBody.Parser.ParseFrom(entry.Body).Evidence).OfType<EvidenceStatement>());
        Assert.Null(ChainProof.Fault(said.Report, said.Chain));
    }

    private static async Task<ReportingDevice> DamagedAsync(RunningIngest server)
    {
        var device = await server.EnrolAsync();
        await server.QueryAsync(db =>
        {
            db.Facts.Add(new StoredFact
            {
                DeviceId = device.Id, Kind = (int)Fact.KindOneofCase.Hardware, ReportId = 1, ChangedAt = ReportingDevice.Start, VerifiedAt = ReportingDevice.Start, Bytes = [0xff],
            });
            return db.SaveChangesAsync(Ct);
        });
        return device;
    }

    // The real store, but for one question that it cannot answer.
    private sealed class NoLookUps(IIngestStore store) : IIngestStore
    {
        public long TakeReportIds(int count) => store.TakeReportIds(count);

        public DeviceRecord Read(DeviceId device, byte[] epoch) => store.Read(device, epoch);

        public IReadOnlyList<StoredReport> Reports(DeviceId device, long firstId, int most) => store.Reports(device, firstId, most);

        public StoredReport? Report(long id) => store.Report(id);

        public IReadOnlyList<OthersFact> FactsOfOthers(DeviceId device, Guid person, Fact.KindOneofCase kind, string text) => store.FactsOfOthers(device, person, kind, text);

        public IReadOnlyList<NamedMachine> OthersWithHardware(DeviceId device, IReadOnlyCollection<string> names) => throw new FormatException("damaged");

        public AboutDevice About(DeviceId device) => store.About(device);

        public IReadOnlyList<DeviceId> DueForJudgement(DateTimeOffset now, int most) => store.DueForJudgement(now, most);

        public IReadOnlyList<StoredAct> Acts(DeviceId device, DateTimeOffset from, DateTimeOffset to) => store.Acts(device, from, to);

        public IReadOnlyList<AccountHolder> Holders() => store.Holders();

        public BatchStored Commit(IngestBatch batch) => store.Commit(batch);

        public void Dispose() => store.Dispose();
    }
}
