using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Ingest;

/// <summary>Acknowledgements carry the newest checkpoint of the evidence log, once.</summary>
public sealed class Checkpoints
{
    [Fact]
    public async Task The_first_acknowledgement_carries_the_newest()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        server.Newest.Show(new PublishedCheckpoint(1, [1]));
        var talk = await server.OpenAsync(device);

        var answers = await talk.SettleAsync(device.Say());

        Assert.Equal([1], answers[^1].Acknowledgement.Checkpoint.ToByteArray());
    }

    [Fact]
    public async Task The_same_is_not_sent_again_and_a_newer_one_is()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        server.Newest.Show(new PublishedCheckpoint(1, [1]));
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());

        var again = await talk.SettleAsync(device.Say());
        server.Newest.Show(new PublishedCheckpoint(2, [2]));
        var newer = await talk.SettleAsync(device.Say());

        Assert.False(again[^1].Acknowledgement.HasCheckpoint);
        Assert.Equal([2], newer[^1].Acknowledgement.Checkpoint.ToByteArray());
    }

    [Fact]
    public async Task Without_one_there_is_none()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();

        var answers = await (await server.OpenAsync(device)).SettleAsync(device.Say());

        Assert.False(answers[^1].Acknowledgement.HasCheckpoint);
    }

    [Fact]
    public async Task A_device_that_has_it_already_is_not_sent_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        server.Newest.Show(new PublishedCheckpoint(1, [1]));

        var (_, stream) = await server.Ingest.OpenAsync(device.Caller, Showing(device, 1));

        Assert.NotNull(stream);
        Assert.Null(server.Witnesses.Hear(device.Id, "lab-7", new byte[] { 1 }).Next());
    }

    [Fact]
    public void A_device_whose_checkpoint_is_not_judged_yet_is_sent_none()
    {
        var newest = new NewestCheckpoint();
        newest.Show(new PublishedCheckpoint(2, [2]));

        var witness = new Witnesses(newest).Hear(DeviceId.New(), "lab-7", new byte[] { 1 });

        Assert.Null(witness.Next());
        witness.MayBeTold = true;
        Assert.Equal([2], witness.Next()!);
    }

    private static Hello Showing(ReportingDevice device, byte checkpoint)
    {
        var hello = device.Hello();
        hello.LastCheckpoint = ByteString.CopyFrom(checkpoint);
        return hello;
    }
}
