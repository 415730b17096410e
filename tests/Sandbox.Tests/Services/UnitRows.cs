using Sandbox.Agent.Services;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using State = Sandbox.Protocol.ServiceUnit.Types.State;

namespace Sandbox.Tests.Services;

public sealed class UnitRows : IDisposable
{
    private const string Own = "etc/systemd/system";
    private const string Package = "usr/lib/systemd/system";
    private const string Groups = "sys/fs/cgroup/system.slice";
    private const string Installable = "[Unit]\nDescription=x\n\n[Service]\nExecStart=/bin/x\n\n[Install]\nWantedBy=multi-user.target\n";
    private const string Plain = "[Service]\nExecStart=/bin/x\n";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_unit_has_name_state_path_names_and_who_pulls_it_in()
    {
        _files.With($"{Package}/ssh.service", Installable).With($"{Groups}/ssh.service/cgroup.events", "populated 1\nfrozen 0\n")
            .WithLink($"{Own}/multi-user.target.wants/ssh.service", "/lib/systemd/system/ssh.service").WithLink($"{Own}/sshd.service", "/lib/systemd/system/ssh.service");

        var unit = await UnitAsync("ssh.service");

        Assert.Equal(
            new ServiceUnit
            {
                Name = "ssh.service", State = State.Enabled, Running = true, Path = "/usr/lib/systemd/system/ssh.service",
                WantedBy = { "multi-user.target" }, Aliases = { "sshd.service" },
            },
            unit);
    }

    [Theory]
    [InlineData("multi-user.target.wants"), InlineData("x.target.requires"), InlineData("x.target.upholds")]
    public async Task A_link_that_pulls_it_in_enables_a_unit(string folder)
    {
        _files.With($"{Package}/a.service", Installable).WithLink($"{Own}/{folder}/a.service", "/usr/lib/systemd/system/a.service");

        var unit = await UnitAsync("a.service");

        Assert.Equal(State.Enabled, unit?.State);
    }

    [Fact]
    public async Task A_unit_that_could_be_enabled_and_is_not_is_disabled()
    {
        _files.With($"{Package}/a.service", Installable);

        var unit = await UnitAsync("a.service");

        Assert.Equal((State.Disabled, 0), (unit!.State, unit.WantedBy.Count));
    }

    [Fact]
    public async Task Another_name_alone_enables_a_unit()
    {
        _files.With($"{Package}/gdm.service", "[Install]\nAlias=display-manager.service\n").WithLink($"{Own}/display-manager.service", "/usr/lib/systemd/system/gdm.service");

        var unit = await UnitAsync("gdm.service");

        Assert.Equal(State.Enabled, unit?.State);
    }

    [Fact]
    public async Task A_link_to_nothing_masks_a_unit_whatever_its_package_says()
    {
        _files.With($"{Package}/a.service", Installable).WithLink($"{Own}/a.service", "/dev/null");

        var unit = await UnitAsync("a.service");

        Assert.Equal((State.Masked, "/etc/systemd/system/a.service"), (unit!.State, unit.Path));
    }

    [Fact]
    public async Task An_empty_file_masks_a_unit_too()
    {
        _files.With($"{Package}/a.service", Installable).With($"{Own}/a.service", " \n");

        var unit = await UnitAsync("a.service");

        Assert.Equal(State.Masked, unit?.State);
    }

    [Fact]
    public async Task What_a_package_masks_itself_is_left_out()
    {
        _files.WithLink($"{Package}/x11-common.service", "/dev/null");

        Assert.Null(await UnitAsync("x11-common.service"));
    }

    [Fact]
    public async Task The_administrators_file_counts_before_the_packages()
    {
        _files.With($"{Package}/a.service", Plain).With($"{Own}/a.service", Installable);

        var unit = await UnitAsync("a.service");

        Assert.Equal((State.Disabled, "/etc/systemd/system/a.service"), (unit!.State, unit.Path));
    }

    [Fact]
    public async Task An_instance_has_its_templates_file_and_enables_it()
    {
        _files.With($"{Package}/getty@.service", "[Install]\nWantedBy=getty.target\n").WithLink($"{Own}/getty.target.wants/getty@tty1.service", "/lib/systemd/system/getty@.service")
            .With($"{Groups}/system-getty.slice/getty@tty1.service/cgroup.events", "populated 1\n");

        var (instance, template) = (await UnitAsync("getty@tty1.service"), await UnitAsync("getty@.service"));

        Assert.Equal((State.Enabled, true, "/usr/lib/systemd/system/getty@.service"), (instance!.State, instance.Running, instance.Path));
        Assert.Equal((State.Enabled, false), (template!.State, template.HasRunning));
    }

    [Fact]
    public async Task A_unit_that_others_start_is_named_only_while_it_runs()
    {
        _files.With($"{Package}/idle.service", Plain).With($"{Package}/busy.service", Plain)
            .With($"{Groups}/idle.service/cgroup.events", "populated 0\n").With($"{Groups}/busy.service/cgroup.events", "populated 1\n");

        var units = (await ReadAsync()).Units;

        Assert.Equal(("busy.service", State.Static, true), (units.Single().Name, units.Single().State, units.Single().Running));
    }

    [Fact]
    public async Task A_group_without_processes_is_a_service_that_does_not_run()
    {
        _files.With($"{Package}/a.service", Installable).With($"{Groups}/a.service/cgroup.events", "populated 0\nfrozen 0\n");

        var unit = await UnitAsync("a.service");

        Assert.Equal((true, false), (unit!.HasRunning, unit.Running));
    }

    [Fact]
    public async Task Version_1_of_control_groups_lists_processes()
    {
        _files.With($"{Package}/a.service", Installable).With("sys/fs/cgroup/systemd/system.slice/a.service/cgroup.procs", "812\n");

        var unit = await UnitAsync("a.service");

        Assert.True(unit!.Running);
    }

    [Fact]
    public async Task Without_systemds_groups_nothing_is_said_of_running()
    {
        _files.With($"{Package}/a.service", Installable);

        var services = await ReadAsync();

        Assert.False(services.Units.Single().HasRunning);
        Assert.Contains(services.Unseen, unseen => unseen.What == "/sys/fs/cgroup/system.slice");
    }

    [Fact]
    public async Task What_starts_works_and_ends_never_flickers()
    {
        _files.With($"{Package}/a.service", "[Service]\nType=oneshot\n" + Installable).With($"{Groups}/a.service/cgroup.events", "populated 1\n");

        var unit = await UnitAsync("a.service");

        Assert.False(unit!.HasRunning);
    }

    [Theory]
    [InlineData("a.service", true), InlineData("a.socket", true), InlineData("a.timer", true), InlineData("a.path", true), InlineData("a.mount", false), InlineData("a.conf", false)]
    public async Task Services_sockets_timers_and_paths_are_told(string name, bool told)
    {
        _files.With($"{Package}/{name}", Installable);

        Assert.Equal(told, await UnitAsync(name) is not null);
    }

    [Fact]
    public async Task Units_are_sorted_and_bounded_and_the_rest_is_named()
    {
        for (var i = 1004; i >= 0; i--) _files.With($"{Package}/u{i:0000}.service", Installable);

        var services = await ReadAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"u{i:0000}.service"), services.Units.Select(unit => unit.Name));
        Assert.Contains(services.Unseen, unseen => unseen.Why.StartsWith("more than 1000 units", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_system_without_systemd_says_so()
    {
        var services = await ReadAsync();

        Assert.Contains(services.Unseen, unseen => unseen.What == "/etc/systemd/system" && !unseen.HasRemedy && unseen.Why.Contains("does not use systemd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_machine_is_the_same_fact_to_the_byte()
    {
        _files.With($"{Package}/b.service", Installable).With($"{Package}/a.service", Installable).WithLink($"{Own}/z.target.wants/a.service", "x").WithLink($"{Own}/b.target.wants/a.service", "x");

        var (one, other) = (await ReadAsync(), await ReadAsync());

        Assert.Equal(Google.Protobuf.MessageExtensions.ToByteArray(one), Google.Protobuf.MessageExtensions.ToByteArray(other));
        Assert.Equal(["b.target", "z.target"], one.Units[0].WantedBy);
    }

    [Fact]
    public async Task No_setting_of_a_unit_leaves_the_machine()
    {
        _files.With($"{Own}/backup.service", "[Service]\nEnvironment=RESTIC_PASSWORD=hunter2-planted\nExecStart=/bin/x --token hunter2-planted\n[Install]\nWantedBy=x.target\n");

        var services = await ReadAsync();

        Assert.Single(services.Units);
        Assert.DoesNotContain("hunter2-planted", services.ToString(), StringComparison.Ordinal);
    }

    private async Task<ServiceUnit?> UnitAsync(string name) => (await ReadAsync()).Units.SingleOrDefault(unit => unit.Name == name);

    private async Task<Protocol.Services> ReadAsync() =>
        (await new LinuxServices(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Services;
}
