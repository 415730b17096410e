using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Inventory;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

public sealed class OperatingSystemRows : IDisposable
{
    private readonly MachineFiles _files = new();
    private readonly LinuxOperatingSystem _collector;

    public OperatingSystemRows() => _collector = new LinuxOperatingSystem(_files.Root);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_release_says_its_name_and_version()
    {
        _files.With("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n").With("etc/debian_version", "12.11\n");

        var system = await ReadAsync();

        Assert.Equal(("debian", "Debian GNU/Linux 12 (bookworm)", "12", "12.11"), (system.Id, system.Name, system.Version, system.Build));
    }

    [Fact]
    public async Task A_rolling_release_has_no_version()
    {
        _files.With("etc/os-release", "ID=arch\nPRETTY_NAME='Arch Linux'\n# VERSION_ID=1\n");

        var system = await ReadAsync();

        Assert.Equal((false, "Arch Linux"), (system.HasVersion, system.Name));
    }

    [Fact]
    public async Task The_release_file_of_the_vendor_is_the_second_place()
    {
        _files.With("usr/lib/os-release", "ID=fedora\n");

        var system = await ReadAsync();

        Assert.Equal("fedora", system.Id);
    }

    [Fact]
    public async Task A_missing_release_file_is_unseen()
    {
        var system = await ReadAsync();

        Assert.Contains(system.Unseen, one => one is { What: "/etc/os-release", Why: "not present" });
    }

    [Fact]
    public async Task A_release_file_behind_an_absolute_link_is_read_below_the_root()
    {
        _files.With("usr/lib/real-release", "ID=ours\n").WithLink("etc/os-release", "/usr/lib/real-release");

        var system = await ReadAsync();

        Assert.Equal("ours", system.Id);
    }

    [Fact]
    public async Task The_kernel_says_release_name_and_architecture()
    {
        _files.With("proc/sys/kernel/osrelease", "6.1.0-37-amd64\n").With("proc/sys/kernel/hostname", "lab-3\n").With("proc/sys/kernel/arch", "x86_64\n");

        var system = await ReadAsync();

        Assert.Equal(("6.1.0-37-amd64", "lab-3", "x86_64"), (system.Kernel, system.HostName, system.Architecture));
    }

    [Fact]
    public async Task The_boot_is_known_by_its_second_and_its_id()
    {
        Boot("aaaa", 1_700_000_000);

        var system = await ReadAsync();

        Assert.Equal(("aaaa", 1_700_000_000L), (system.BootId, system.BootedAt.Seconds));
    }

    [Fact]
    public async Task A_slewed_clock_is_no_new_boot_time()
    {
        Boot("aaaa", 1_700_000_000);
        await ReadAsync();

        Boot("aaaa", 1_700_000_001);

        Assert.Equal(1_700_000_000L, (await ReadAsync()).BootedAt.Seconds);
    }

    [Fact]
    public async Task A_stepped_clock_moves_the_boot_time()
    {
        Boot("aaaa", 1_700_000_000);
        await ReadAsync();

        Boot("aaaa", 1_700_003_600);

        Assert.Equal(1_700_003_600L, (await ReadAsync()).BootedAt.Seconds);
    }

    [Fact]
    public async Task A_new_boot_has_a_time_of_its_own()
    {
        Boot("aaaa", 1_700_000_000);
        await ReadAsync();

        Boot("bbbb", 1_700_000_002);

        Assert.Equal(("bbbb", 1_700_000_002L), ((await ReadAsync()).BootId, (await ReadAsync()).BootedAt.Seconds));
    }

    [Fact]
    public async Task A_stat_without_a_boot_time_is_unseen()
    {
        _files.With("proc/stat", "cpu 1 2 3\n");

        var system = await ReadAsync();

        Assert.Null(system.BootedAt);
        Assert.Contains(system.Unseen, one => one.What == "/proc/stat");
    }

    [Theory]
    [InlineData("uninitialized\n"), InlineData(""), InlineData("abc\n")]
    public async Task A_machine_id_that_is_not_made_yet_is_none(string text)
    {
        _files.With("etc/machine-id", text);

        var system = await ReadAsync();

        Assert.False(system.HasMachineId);
        Assert.Contains(system.Unseen, one => one.What == "/etc/machine-id" && one.HasRemedy);
    }

    [Fact]
    public async Task The_machine_id_is_told()
    {
        _files.With("etc/machine-id", "3d1219c7c4c5404aaa1f6d2a48adfda4\n");

        var system = await ReadAsync();

        Assert.Equal("3d1219c7c4c5404aaa1f6d2a48adfda4", system.MachineId);
    }

    [Fact]
    public async Task The_time_zone_is_where_the_link_leads()
    {
        _files.With("etc/timezone", "Etc/UTC\n").WithLink("etc/localtime", "/usr/share/zoneinfo/Europe/Berlin");

        var system = await ReadAsync();

        Assert.Equal("Europe/Berlin", system.TimeZone);
    }

    [Fact]
    public async Task A_copied_zone_without_a_note_cannot_be_named()
    {
        _files.With("etc/localtime", "TZif2");

        var system = await ReadAsync();

        Assert.False(system.HasTimeZone);
        Assert.Contains(system.Unseen, one => one.What == "/etc/localtime");
    }

    [Fact]
    public async Task A_system_that_keeps_no_restart_mark_does_not_say_that_none_is_needed()
    {
        var system = await ReadAsync();

        Assert.False(system.HasRestartRequired);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_restart_is_required_when_the_mark_is_there(bool marked)
    {
        _files.With("etc/kernel/postinst.d/unattended-upgrades", "");
        if (marked) _files.With("run/reboot-required", "");

        var system = await ReadAsync();

        Assert.Equal((true, marked), (system.HasRestartRequired, system.RestartRequired));
    }

    [Fact]
    public async Task The_installers_log_dates_the_installation()
    {
        _files.With("var/log/installer/syslog", "");
        var at = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        Directory.SetLastWriteTimeUtc(_files.At("var/log/installer"), at);

        var system = await ReadAsync();

        Assert.Equal(Timestamp.FromDateTime(at), system.InstalledAt);
    }

    [Theory]
    [InlineData(-1L), InlineData(253_402_300_800), InlineData(long.MaxValue)]
    public async Task A_boot_time_outside_of_all_calendars_is_not_seen(long seconds)
    {
        Boot("a", seconds);

        var system = await ReadAsync();

        Assert.Null(system.BootedAt);
        Assert.Contains(system.Unseen, unseen => unseen is { What: "/proc/stat", Why: "no line says btime" });
    }

    private void Boot(string id, long seconds) =>
        _files.With("proc/sys/kernel/random/boot_id", id + "\n").With("proc/stat", $"cpu  1 2 3\nbtime {seconds}\nprocesses 9\n");

    private async Task<Sandbox.Protocol.OperatingSystem> ReadAsync() =>
        (await _collector.CollectAsync(TestContext.Current.CancellationToken)).Single().OperatingSystem;
}
