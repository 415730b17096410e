using Sandbox.Protocol;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Ingest;

/// <summary>Devices are asked for live traffic while somebody watches, and not a moment longer.</summary>
public sealed class WatchedTraffic
{
    private readonly TrafficWatchers _watchers = new();
    private readonly DeviceId _device = DeviceId.New();
    private readonly List<bool> _told = [];

    [Fact]
    public void Nobody_watches_so_nothing_is_asked()
    {
        using var stream = _watchers.Join(_device, _told.Add);
        using var other = _watchers.Watch(DeviceId.New());

        Assert.Empty(_told);
    }

    [Fact]
    public void The_first_who_watches_turns_it_on_and_the_last_turns_it_off()
    {
        using var stream = _watchers.Join(_device, _told.Add);

        var (one, all) = (_watchers.Watch(_device), _watchers.Watch(null));
        one.Dispose();
        one.Dispose();
        Assert.Equal([true], _told);

        all.Dispose();
        Assert.Equal([true, false], _told);
    }

    [Fact]
    public void A_stream_that_opens_while_somebody_watches_is_asked_at_once()
    {
        using var watching = _watchers.Watch(null);

        using var stream = _watchers.Join(_device, _told.Add);

        Assert.Equal([true], _told);
    }

    [Fact]
    public void A_stream_that_is_over_hears_nothing()
    {
        _watchers.Join(_device, _told.Add).Dispose();

        using var watching = _watchers.Watch(_device);

        Assert.Empty(_told);
    }
}
