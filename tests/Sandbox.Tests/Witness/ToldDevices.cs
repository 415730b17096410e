using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Witness;

/// <summary>How many agents have the newest checkpoint, as far as this server gave it to them.</summary>
public sealed class ToldDevices
{
    private readonly NewestCheckpoint _newest = new();
    private readonly Witnesses _witnesses;

    public ToldDevices()
    {
        _witnesses = new Witnesses(_newest);
        Publish(3);
    }

    [Fact]
    public void A_device_counts_when_it_was_given_it_and_not_before()
    {
        var device = _witnesses.Hear(DeviceId.New(), "lab-7", default);
        Assert.Equal(0, _witnesses.ToldNewest);

        Assert.NotNull(device.Next());

        Assert.Equal(1, _witnesses.ToldNewest);
    }

    [Fact]
    public void A_device_that_comes_again_counts_once()
    {
        var id = DeviceId.New();

        for (var hello = 0; hello < 2; hello++) _witnesses.Hear(id, "lab-7", default).Next();

        Assert.Equal(1, _witnesses.ToldNewest);
    }

    [Fact]
    public void A_device_that_shows_it_has_it()
    {
        _witnesses.Hear(DeviceId.New(), "lab-7", _newest.Current!.Note);

        Assert.Equal(1, _witnesses.ToldNewest);
    }

    [Fact]
    public void Nobody_has_what_is_new()
    {
        _witnesses.Hear(DeviceId.New(), "lab-7", default).Next();

        Publish(4);

        Assert.Equal(0, _witnesses.ToldNewest);
    }

    private void Publish(long size)
    {
        using var key = LogKey.FromSeed("lab.example/evidence", LogKey.NewSeed());
        _newest.Show(new PublishedCheckpoint(size, new Checkpoint("lab.example/evidence", size, MerkleHash.Leaf([1])).Sign(key)));
    }
}
