using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>Copies of a machine that come in at once do not each count as a new one.</summary>
public sealed class HardwareInOneBatch
{
    [Fact]
    public async Task Two_devices_that_name_the_same_hardware_in_one_batch_are_one_machine()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var ((one, _), (other, _)) = (await server.EnrolForApprenticeAsync(), await server.EnrolForApprenticeAsync());
        var store = server.Store.Services.GetRequiredService<IIngestStore>();
        var assessor = new Assessor(store, SilentAfter.Default, Sandbox.Evidence.LabDefault.Policy, new SeededNow());

        var (first, second) = (Judged(assessor, one), Judged(assessor, other));

        Assert.Equal((1, 0), (first.Evidence.Count, second.Evidence.Count));
    }

    private static StreamWrites Judged(Assessor assessor, ReportingDevice device)
    {
        var writes = new StreamWrites { Device = device.Id, Session = 1, Serial = device.Caller.Serial, Epoch = device.Epoch.ToByteArray() };
        var report = device.Say(new Fact { Hardware = new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" } }).Report;
        var row = new StoredReport
        {
            Id = 1, DeviceId = device.Id, Epoch = writes.Epoch, Sequence = 1, CollectedAt = ReportingDevice.Start, ReceivedAt = ReportingDevice.Start, Bytes = report.ToByteArray(),
        };
        assessor.Of(device.Id, assessor.Store.Read(device.Id, writes.Epoch))
            .Take(new TakenReport(row, ReportHash.Of(device.Id, report.Span), Report.Parser.ParseFrom(report)), writes, ReportingDevice.Start);
        return writes;
    }
}
