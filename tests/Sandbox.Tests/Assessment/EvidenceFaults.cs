using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
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
}
