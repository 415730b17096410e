using System.Diagnostics;
using System.Runtime.Versioning;
using Kind = Sandbox.Protocol.Fact.KindOneofCase;

namespace Sandbox.Tests.Collecting;

/// <summary>What files do, and what the loop makes of it, on the real clock.</summary>
public sealed class CollectorLoopChanges : IDisposable
{
    private readonly MachineFiles _files = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Everything_is_reported_once_at_the_start()
    {
        _files.With("etc/hostname", "one");
        await using var loop = new RunningLoop(_files.Root, null, HostName());

        var batch = await loop.Sink.NextChangeAsync(Ct);

        Assert.Equal("one", batch.Changed.Single().OperatingSystem.HostName);
    }

    [Fact]
    public async Task The_first_heartbeat_comes_at_once()
    {
        _files.With("etc/hostname", "one");
        await using var loop = new RunningLoop(_files.Root, null, HostName());

        var batch = await loop.Sink.NextAsync(Ct);

        Assert.Equal("OperatingSystem", batch.Samples.Single().AgentHealth.Collectors.Single().Name);
    }

    [Fact]
    public async Task A_written_file_is_reported()
    {
        _files.With("etc/hostname", "one");
        await using var loop = new RunningLoop(_files.Root, null, HostName());
        await loop.Sink.NextChangeAsync(Ct);

        _files.With("etc/hostname", "two");

        await loop.Sink.SaysAsync("two", Ct);
    }

    [Fact]
    public async Task A_file_replaced_by_rename_is_reported_every_time()
    {
        _files.With("etc/hostname", "0");
        await using var loop = new RunningLoop(_files.Root, null, HostName());
        await loop.Sink.NextChangeAsync(Ct);

        for (var i = 1; i <= 3; i++)
        {
            _files.Replace("etc/hostname", $"{i}");
            await loop.Sink.SaysAsync($"{i}", Ct);
        }
    }

    [Fact]
    public async Task A_file_below_folders_that_do_not_exist_yet_is_reported_when_it_appears()
    {
        await using var loop = new RunningLoop(_files.Root, null, new FileCollector(_files.Root, "a/b/c/d", Kind.OperatingSystem));
        await loop.Sink.NextChangeAsync(Ct);

        _files.With("a/b/c/d", "there");

        await loop.Sink.SaysAsync("there", Ct);
    }

    [Fact]
    public async Task A_folder_that_vanishes_and_comes_back_is_followed()
    {
        _files.With("a/b/c", "one");
        await using var loop = new RunningLoop(_files.Root, null, new FileCollector(_files.Root, "a/b/c", Kind.OperatingSystem));
        await loop.Sink.NextChangeAsync(Ct);
        Directory.Delete(_files.At("a"), recursive: true);
        await loop.Sink.SaysAsync("", Ct);

        _files.With("a/b/c", "back");
        await loop.Sink.SaysAsync("back", Ct);
        _files.With("a/b/c", "again");

        await loop.Sink.SaysAsync("again", Ct);
    }

    [Fact]
    public async Task The_target_of_a_link_wakes_as_well()
    {
        _files.With("run/resolve/stub", "one").WithLink("etc/resolv.conf", "../run/resolve/stub");
        await using var loop = new RunningLoop(_files.Root, null, new FileCollector(_files.Root, "etc/resolv.conf", Kind.OperatingSystem));
        await loop.Sink.NextChangeAsync(Ct);

        _files.Replace("run/resolve/stub", "two");

        await loop.Sink.SaysAsync("two", Ct);
    }

    [Fact]
    public async Task A_link_that_is_turned_elsewhere_is_followed_there()
    {
        _files.With("run/a", "one").With("run/b", "two").WithLink("etc/resolv.conf", "../run/a");
        await using var loop = new RunningLoop(_files.Root, null, new FileCollector(_files.Root, "etc/resolv.conf", Kind.OperatingSystem));
        await loop.Sink.NextChangeAsync(Ct);
        File.Delete(_files.At("etc/resolv.conf"));
        _files.WithLink("etc/resolv.conf", "../run/b");
        await loop.Sink.SaysAsync("two", Ct);

        _files.With("run/b", "three");

        await loop.Sink.SaysAsync("three", Ct);
    }

    [Fact]
    public async Task Any_entry_of_a_watched_folder_wakes()
    {
        _files.With("etc/hostname", "one").WithFolder("etc/conf.d");
        var collector = HostName(watches: "etc/conf.d");
        await using var loop = new RunningLoop(_files.Root, null, collector);
        await loop.Sink.NextChangeAsync(Ct);

        await File.WriteAllTextAsync(_files.At("etc/hostname"), "two", Ct);
        await File.WriteAllTextAsync(_files.At("etc/conf.d/50-any.conf"), "x", Ct);

        await loop.Sink.SaysAsync("two", Ct);
    }

    [Fact]
    public async Task A_neighbour_in_the_folder_of_a_watched_file_wakes_nobody()
    {
        _files.With("etc/hostname", "one");
        var collector = HostName();
        await using var loop = new RunningLoop(_files.Root, null, collector);
        await loop.Sink.NextChangeAsync(Ct);

        _files.With("etc/hostname.swp", "x").With("etc/other", "x");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);

        Assert.Equal(1, collector.Runs);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_change_of_mode_wakes()
    {
        _files.With("etc/hostname", "one");
        var collector = HostName();
        await using var loop = new RunningLoop(_files.Root, null, collector);
        await loop.Sink.NextChangeAsync(Ct);

        File.SetUnixFileMode(_files.At("etc/hostname"), UnixFileMode.UserRead);
        await Until(() => collector.Runs == 2);

        Assert.Equal(2, collector.Runs);
    }

    [Fact]
    public async Task A_burst_of_changes_is_not_a_run_each()
    {
        _files.With("etc/hostname", "0");
        var collector = HostName();
        await using var loop = new RunningLoop(_files.Root, null, collector);
        await loop.Sink.NextChangeAsync(Ct);

        for (var i = 1; i <= 200; i++) _files.Replace("etc/hostname", $"{i}");
        await loop.Sink.SaysAsync("200", Ct);

        Assert.InRange(collector.Runs, 2, 20);
    }

    [Fact]
    public async Task An_endless_storm_is_reported_on_the_way_and_bounded()
    {
        _files.With("etc/hostname", "0");
        var collector = HostName();
        collector.Before = ct => Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, ct);
        await using var loop = new RunningLoop(_files.Root, null, collector);
        await loop.Sink.NextChangeAsync(Ct);

        var storm = Stopwatch.StartNew();
        for (var i = 1; storm.ElapsedMilliseconds < 1500; i++) _files.With("etc/hostname", $"{i}");

        Assert.InRange(collector.Runs, 2, 12);
    }

    private FileCollector HostName(string watches = "etc/hostname") =>
        new(_files.Root, "etc/hostname", Kind.OperatingSystem) { Watched = watches };

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
    }
}
