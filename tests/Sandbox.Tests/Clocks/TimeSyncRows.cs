using CsCheck;
using Sandbox.Agent.TimeSync;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Clocks;

/// <summary>Which time servers are set up, and whether the clock follows one.</summary>
public sealed class TimeSyncRows : IDisposable
{
    private const string Program = "usr/lib/systemd/systemd-timesyncd";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Chrony_has_its_servers_with_kind_place_and_whether_they_are_authenticated()
    {
        _files.With("etc/chrony/chrony.conf", "# text\nserver ntp.example.org iburst nts\npool 2.debian.pool.ntp.org iburst\npeer 192.0.2.1 key 7\nrefclock PPS /dev/pps0 lock NMEA\n! server old.example\nkeyfile /etc/chrony/chrony.keys\n");

        var service = (await ReadAsync()).Services.Single();

        Assert.Equal("chrony", service.Name);
        Assert.Equal(
            ["ntp.example.org server True 2", "2.debian.pool.ntp.org pool False 3", "192.0.2.1 peer True 4", "PPS /dev/pps0 refclock False 5"],
            service.Sources.Select(one => $"{one.Address} {one.Kind} {one.Authenticated} {one.Line}"));
        Assert.All(service.Sources, one => Assert.Equal("/etc/chrony/chrony.conf", one.Path));
    }

    [Fact]
    public async Task Chrony_reads_folders_and_includes()
    {
        _files.With("etc/chrony/chrony.conf", "confdir /etc/chrony/conf.d\nsourcedir /run/chrony-dhcp /etc/chrony/sources.d\ninclude /etc/chrony/extra/*.inc\n")
            .With("etc/chrony/conf.d/a.conf", "server a.example\n").With("etc/chrony/conf.d/b.txt", "server never.example\n")
            .With("etc/chrony/sources.d/b.sources", "server b.example\n").With("etc/chrony/extra/c.inc", "server c.example\n");

        Assert.Equal(["a.example", "b.example", "c.example"], (await ReadAsync()).Services.Single().Sources.Select(one => one.Address));
    }

    [Fact]
    public async Task A_file_that_includes_itself_ends()
    {
        _files.With("etc/chrony.conf", "server a.example\ninclude /etc/chrony.conf\ninclude /etc/chrony.conf\n");

        Assert.InRange((await ReadAsync()).Services.Single().Sources.Count, 1, 100);
    }

    [Theory]
    [InlineData("etc/ntp.conf", "ntp"), InlineData("etc/ntpsec/ntp.conf", "ntpsec")]
    public async Task Ntpd_has_its_servers(string path, string name)
    {
        _files.With(path, "driftfile /var/lib/ntp/drift\nserver -4 a.example iburst\npool b.example\nrestrict default\n");

        var service = (await ReadAsync()).Services.Single();

        Assert.Equal(name, service.Name);
        Assert.Equal(["a.example server", "b.example pool"], service.Sources.Select(one => $"{one.Address} {one.Kind}"));
    }

    [Fact]
    public async Task Timesyncd_takes_lists_and_an_empty_value_forgets_them()
    {
        _files.With(Program, "").With("etc/systemd/timesyncd.conf", "[Time]\n#NTP=never.example\nNTP=a.example b.example\nFallbackNTP=c.example\n")
            .With("etc/systemd/timesyncd.conf.d/10.conf", "[Time]\nNTP=\nNTP=d.example\n").With("usr/lib/systemd/timesyncd.conf.d/10.conf", "[Time]\nNTP=masked.example\n");

        var service = (await ReadAsync()).Services.Single();

        Assert.Equal(["c.example fallback", "d.example server"], service.Sources.Select(one => $"{one.Address} {one.Kind}"));
        Assert.Equal(("/etc/systemd/timesyncd.conf.d/10.conf", 3u), (service.Sources[1].Path, service.Sources[1].Line));
    }

    [Fact]
    public async Task Timesyncds_settings_without_the_program_are_no_service()
    {
        _files.With("etc/systemd/timesyncd.conf", "[Time]\nNTP=a.example\n");

        Assert.Empty((await ReadAsync()).Services);
    }

    [Fact]
    public async Task A_service_is_enabled_when_a_target_wants_it_and_runs_when_systemd_has_an_invocation()
    {
        _files.With("etc/chrony.conf", "").WithLink("etc/systemd/system/multi-user.target.wants/chronyd.service", "/usr/lib/systemd/system/chronyd.service")
            .WithLink("run/systemd/units/invocation:chronyd.service", "0123456789abcdef");

        var service = (await ReadAsync()).Services.Single();

        Assert.Equal((true, true), (service.Enabled, service.Running));
    }

    [Fact]
    public async Task A_masked_service_is_not_enabled()
    {
        _files.With("etc/chrony.conf", "").WithLink("etc/systemd/system/multi-user.target.wants/chronyd.service", "/usr/lib/systemd/system/chronyd.service")
            .WithLink("etc/systemd/system/chronyd.service", "/dev/null").WithFolder("run/systemd/units");

        var service = (await ReadAsync()).Services.Single();

        Assert.Equal((false, false), (service.Enabled, service.Running));
    }

    [Fact]
    public async Task Without_systemd_nobody_knows_what_is_enabled()
    {
        _files.With("etc/chrony.conf", "");

        var service = (await ReadAsync()).Services.Single();

        Assert.False(service.HasEnabled || service.HasRunning);
    }

    [Fact]
    public async Task Another_systems_clock_is_not_this_ones()
    {
        var fact = await ReadAsync();

        Assert.False(fact.HasSynchronised);
        Assert.Contains(fact.Unseen, one => one.What == "adjtimex");
    }

    [Fact]
    public async Task Timesyncds_mark_says_synchronised()
    {
        _files.With("run/systemd/timesync/synchronized", "");

        Assert.True((await ReadAsync()).Synchronised);
    }

    [Theory]
    [InlineData(0x2001, true), InlineData(0x0040, false), InlineData(0x2041, false), InlineData(0, true)]
    public void The_kernels_status_tells(int status, bool disciplined)
    {
        var timex = new byte[208];
        BitConverter.TryWriteBytes(timex.AsSpan(40), status);

        Assert.Equal(disciplined, KernelClock.Disciplined(timex));
    }

    [Fact]
    public void The_running_kernel_answers() => Assert.NotNull(KernelClock.Synchronised());

    [Fact]
    public async Task No_planted_key_comes_into_the_fact()
    {
        _files.With("etc/chrony.conf", "server a.example key 1\nkeyfile /etc/chrony.keys\n").With("etc/chrony.keys", "1 SHA256 HEX:planted\n")
            .With("etc/ntp.conf", "server b.example key 2\nkeys /etc/ntp.keys\ncrypto pw planted\n").With("etc/ntp.keys", "2 M planted\n");

        var text = (await ReadAsync()).ToString();

        Assert.Contains("b.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_100_servers_the_rest_is_named()
    {
        _files.With("etc/chrony.conf", string.Concat(Enumerable.Range(0, 150).Select(n => $"server s{n}.example\n")));

        var fact = await ReadAsync();

        Assert.Equal(100, fact.Services.Single().Sources.Count);
        Assert.Contains(fact.Unseen, one => one.Why.StartsWith("more than 100", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_twice_gives_the_same()
    {
        _files.With("etc/chrony.conf", "server a.example\n").With(Program, "");

        Assert.Equal(await ReadAsync(), await ReadAsync());
    }

    [Fact]
    public void Any_text_is_read_without_a_fault() => Gen.OneOf(Gen.String, Gen.String["server -46 includ#\n"]).Sample(
        text => _ = NtpText.Lines(text).Select(line => NtpText.Source(line.Words, "/x", line.Line)).Count(), iter: Fuzz.Times(2000));

    private async Task<Protocol.TimeSync> ReadAsync() =>
        (await new LinuxTimeSync(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().TimeSync;
}
