using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 1.2: software that somebody installed, and everything that only looks like it.</summary>
public sealed class PackagesInstalled
{
    private readonly Watched _device = At.Device(Of(One("bash"), One("libc6", automatic: true)));

    [Fact]
    public void A_package_that_somebody_asked_for_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(Installs(_device.Now, "nmap")).Says(With(One("nmap"))).Only;

        Assert.Equal(("1.2", "package.installed", "package nmap", "installed, version 1.0"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void That_its_access_controls_are_not_seen_is_said() =>
        Assert.Contains("access controls is for the mentor", _device.Says(With(One("nmap"))).Only.GradeReason, StringComparison.Ordinal);

    [Fact]
    public void That_no_repository_has_it_is_said() =>
        Assert.Contains("anybody's own package", _device.Says(With(One("nmap", change: one => one.ClearRepository()))).Only.GradeReason, StringComparison.Ordinal);

    [Fact]
    public void A_dependency_does_not_count() => Assert.Empty(_device.Says(With(One("libpcap", automatic: true))).Evidence);

    [Fact]
    public void A_dependency_that_somebody_marks_as_wanted_does_not() =>
        Assert.Empty(_device.Says(With(One("libpcap", automatic: true))).After(At.Minute).Says(With(One("libpcap"))).Evidence);

    [Fact]
    public void One_that_turns_out_to_be_a_dependency_is_undone() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(With(One("libpcap"))).After(At.Minute).Says(With(One("libpcap", automatic: true))).Only.State);

    [Fact]
    public void Where_the_system_keeps_no_mark_it_is_not_known_and_does_not_count() =>
        Assert.Empty(_device.Says(With(One("nmap", change: one => one.ClearAutomatic()))).Evidence);

    [Fact]
    public void Another_version_is_no_new_package() => Assert.Empty(_device.Says(Of(One("bash", change: one => one.Version = "2.0"), One("libc6", automatic: true))).Evidence);

    [Fact]
    public void What_was_there_at_first_is_not_installed_by_being_removed_and_installed() =>
        Assert.Empty(_device.Says(Of(One("libc6", automatic: true))).After(At.Minute).Says(With()).Evidence);

    [Fact]
    public void What_was_removed_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(With(One("nmap"))).After(At.Minute).Says(With()).Only.State);

    [Fact]
    public void A_list_that_could_not_be_read_is_no_beginning()
    {
        var blind = Of(One("bash"));
        blind.Unseen.Add(new Unseen { What = "/var/lib/dpkg/status", Why = "permission denied" });

        Assert.Empty(At.Device(blind).Says(Of(One("bash"), One("nmap"))).Evidence);
    }

    [Fact]
    public void Unattended_upgrades_are_nobody() =>
        Assert.Equal(EvidenceState.Discounted, _device.Tells(Installs(_device.Now, "nmap").With(act => act.Automation = "unattended-upgrades")).Says(With(One("nmap"))).Only.State);

    [Fact]
    public void What_only_the_environment_says_stays_at_E1() =>
        Assert.Equal(Grade.E1, _device.Tells(Installs(_device.Now, "nmap").With(act => act.Method = Method.A4)).Says(With(One("nmap"))).Only.Grade);

    [Theory]
    [InlineData(Action.Reinstall, "reinstall"), InlineData(Action.Upgrade, "upgrade"), InlineData(Action.Install, "upgrade")]
    public void Another_work_of_apt_did_not_install_it(Action action, string detail) =>
        Assert.Null(_device.Tells(At.Does(_device.Now, action, "package", "nmap", detail)).Says(With(One("nmap"))).Only.Person);

    [Fact]
    public void An_act_in_which_it_came_along_did_not_ask_for_it() =>
        Assert.Null(_device.Tells(Installs(_device.Now, "nmap").With(act => act.Objects[0].Automatic = true)).Says(With(One("nmap"))).Only.Person);

    [Theory]
    [InlineData("/usr/bin/apt", "install", "nmap"), InlineData("/usr/bin/apt-get", "install", "nmap=7.93"), InlineData("/usr/bin/dpkg", "-i", "./nmap_7.93_amd64.deb"), InlineData("/usr/bin/dnf", "install", "nmap")]
    public void The_command_tells_as_well(string program, params string[] arguments) =>
        Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, program, arguments)).Says(With(One("nmap"))).Only.Person);

    [Theory]
    [InlineData("/usr/bin/apt", "install", "nmap-common"), InlineData("/usr/bin/apt", "update"), InlineData("/usr/bin/apt", "remove", "nmap"), InlineData("/usr/bin/dpkg", "-i", "./nmap-common_1.deb")]
    public void Another_command_does_not(string program, params string[] arguments) =>
        Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(With(One("nmap"))).Only.Person);

    [Fact]
    public void A_run_that_fetches_for_half_an_hour_is_still_the_one_that_did_it()
    {
        var typed = _device.Now;
        _device.After(TimeSpan.FromMinutes(30)).SaysTheSame().After(At.Minute);

        var act = Installs(typed, "nmap").With(one => one.Records.Add(new ActRecord { Source = AdminAct.Types.Source.AptHistory, OccurredAt = Timestamp.FromDateTimeOffset(_device.Now) }));

        Assert.Equal(Grade.E2, _device.Tells(act).After(At.Minute).Says(With(One("nmap"))).Only.Grade);
    }

    [Fact]
    public void A_run_that_was_over_long_before_is_not()
    {
        _device.Tells(Installs(_device.Now, "nmap")).After(TimeSpan.FromMinutes(30)).SaysTheSame().After(At.Minute);

        Assert.Null(_device.Says(With(One("nmap"))).Only.Person);
    }

    [Fact]
    public void What_is_kept_of_a_list_is_enough_for_it()
    {
        var kept = Condensed.Of(new Fact { Software = With(One("nmap")) }).Software;

        Assert.Equal(Condensed.Of(new Fact { Software = kept }).Software, kept);
        Assert.Equal("installed, version 1.0", _device.Says(kept).Only.After);
    }

    [Fact]
    public void A_printer_of_the_same_moment_has_its_place_beside_hundreds_of_packages()
    {
        var device = At.Device(With(), new Printing());

        device.Says(With([.. Enumerable.Range(0, 300).Select(i => One($"p{i}"))]), new Printing
        {
            Installed = true, Source = Printing.Types.Source.Asked, Queues = { new PrintQueue { Name = "office", Device = "socket://192.0.2.9", Automatic = false } },
        });

        Assert.Equal((101, 1), (device.Evidence.Count, device.Evidence.Values.Count(item => item.Line == "1.5")));
    }

    [Fact]
    public void A_printer_of_the_afternoon_has_its_place_as_well()
    {
        var device = At.Device(With(), new Printing());
        device.Says(With([.. Enumerable.Range(0, 300).Select(i => One($"p{i}"))])).After(TimeSpan.FromHours(3));

        device.Says(new Printing { Installed = true, Source = Printing.Types.Source.Asked, Queues = { new PrintQueue { Name = "office", Device = "socket://192.0.2.9", Automatic = false } } });

        Assert.Single(device.Evidence.Values, item => item.Line == "1.5");
    }

    [Theory]
    [InlineData("-s"), InlineData("--download-only"), InlineData("--dry-run")]
    public void What_only_tries_did_not_do_it(string flag) => Assert.Null(_device.Tells(At.Runs(_device.Now, "/usr/bin/apt-get", flag, "install", "nmap")).Says(With(One("nmap"))).Only.Person);

    [Fact]
    public void A_record_with_an_instant_that_is_none_stops_nothing()
    {
        var odd = At.Runs(_device.Now, "/usr/bin/apt-get", "install", "nmap").With(act => act.Records.Add(new ActRecord { OccurredAt = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = long.MaxValue, Nanos = -7 } }));

        Assert.Single(_device.Tells(odd).Says(With(One("nmap"))).Evidence);
    }

    private static AdminAct Installs(DateTimeOffset at, string package) => At.Does(at, Action.Install, "package", package, "install");

    private static Software With(params Package[] more) => Of([One("bash"), One("libc6", automatic: true), .. more]);

    private static Software Of(params Package[] packages) => new() { Packages = { packages } };

    private static Package One(string name, bool automatic = false, Action<Package>? change = null)
    {
        var package = new Package { Name = name, Version = "1.0", Automatic = automatic, Manager = Package.Types.Manager.Dpkg, Repository = "http://deb.debian.org/debian bookworm/main" };
        change?.Invoke(package);
        return package;
    }
}
