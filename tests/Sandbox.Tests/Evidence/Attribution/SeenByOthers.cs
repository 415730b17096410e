using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Crediting;
using Sandbox.Tests.Evidence.Crediting.Additions;
using static Sandbox.Tests.Evidence.Attribution.Doing;

namespace Sandbox.Tests.Evidence.Attribution;

/// <summary>E3 takes a second machine that is not the actor's, and looks after an hour, a day and a restart.</summary>
public sealed class SeenByOthers
{
    private readonly Watched _device = At.Device(new Shares { Servers = { new ShareServer { Name = "smbd", Installed = true, Running = true } } }).Restarts("first");

    private DateTimeOffset Now => _device.Now;

    [Fact]
    public void Work_that_held_was_seen_again_and_is_used_by_somebody_elses_machine_is_E3()
    {
        var item = Shared().IsSeenBy(Mounted("//lab-07/lab")).Only;

        Assert.Equal(Grade.E3, item.Grade);
        Assert.StartsWith("Anna Beck did it (the account anna, A1); lab-09 of Ben Ode has mounted it; it was seen again an hour later, a day later and after a restart", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal(77, item.SeenElsewhere!.ReportId);
    }

    [Fact]
    public void Without_it_the_work_stays_self_reported_at_E2()
    {
        Assert.Equal(Grade.E2, Shared().Only.Grade);
        Assert.Contains("self-reported: ", _device.Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_asked_before_all_else_is_seen()
    {
        var item = Shared(restarts: false).IsSeenBy(Mounted("//lab-07/lab")).Only;

        Assert.Equal((Grade.E2, null), (item.Grade, item.SeenElsewhere));
    }

    [Theory]
    [InlineData("//lab-07/lab", true), InlineData("//LAB-07.school.example/Lab", true), InlineData("//192.0.2.7/lab/below", true)]
    [InlineData("//lab-08/lab", false), InlineData("//lab-07/other", false), InlineData("lab-07:/srv/lab", false), InlineData("withheld", false)]
    public void A_mount_is_of_this_machines_share_by_its_name_or_address(string source, bool isSeen) => Assert.Equal(isSeen ? Grade.E3 : Grade.E2, Shared().IsSeenBy(Mounted(source)).Only.Grade);

    [Fact]
    public void A_machine_of_the_actors_own_proves_nothing() => Assert.Equal(Grade.E2, Shared().IsSeenBy(Mounted("//lab-07/lab") with { Owner = Anna }).Only.Grade);

    [Fact]
    public void What_it_said_before_the_change_it_does_not_say_because_of_it() => Assert.Equal(Grade.E2, Shared().IsSeenBy(Mounted("//lab-07/lab") with { ChangedAt = Watched.Enrolled }).Only.Grade);

    [Theory]
    [InlineData("LAB-07.example"), InlineData("lab-07")]
    public void Another_machine_of_that_name_may_be_what_was_used(string name) =>
        Assert.Equal(Grade.E2, Shared().IsSeenBy(Mounted("//lab-07/lab"), Of(new Fact { OperatingSystem = new Sandbox.Protocol.OperatingSystem { HostName = name } })).Only.Grade);

    [Fact]
    public void Another_machine_with_that_address_may_be_what_was_used() =>
        Assert.Equal(Grade.E2, Shared().IsSeenBy(Mounted("//192.0.2.7/lab"), Of(new Fact { NetworkInterfaces = new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eth0", Addresses = { "192.0.2.7/24" } } } } })).Only.Grade);

    [Fact]
    public void A_bridge_of_containers_has_an_address_that_every_machine_has()
    {
        _device.Says(new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "docker0", Medium = NetworkInterface.Types.Medium.Virtual, Addresses = { "172.17.0.1/16" } } } });

        Assert.Equal(Grade.E2, Shared().IsSeenBy(Mounted("//172.17.0.1/lab")).Only.Grade);
    }

    [Fact]
    public void A_name_that_is_the_beginning_of_an_address_is_no_address()
    {
        _device.Tells(Nano(Now)).Says(Lab()).After(At.Day).SaysTheSame().Says(Booted("second", "192")).After(At.Minute).SaysTheSame();

        Assert.Equal(Grade.E2, _device.IsSeenBy(Mounted("//192.0.2.50/lab")).Only.Grade);
    }

    [Fact]
    public void A_line_of_fstab_is_no_use()
    {
        var written = Mounted("//lab-07/lab");
        written.Fact.Shares.RemoteMounts[0].Mounted = false;

        Assert.Equal(Grade.E2, Shared().IsSeenBy(written).Only.Grade);
    }

    [Fact]
    public void What_is_taken_back_later_is_revoked()
    {
        Shared().IsSeenBy(Mounted("//lab-07/lab"));

        Assert.Equal(EvidenceState.Undone, _device.After(At.Minute).Says(new Shares { Servers = { new ShareServer { Name = "smbd", Installed = true, Running = true } } }).Only.State);
    }

    [Fact]
    public void What_lay_in_the_spool_is_believed_when_another_machine_saw_it()
    {
        _device.Tells(Nano(Now - (At.Minute / 2))).After(TimeSpan.FromHours(3)).SaysLate(TimeSpan.FromHours(3), Lab());
        Assert.Equal(Grade.E1, _device.Only.Grade);
        _device.Ahead = TimeSpan.Zero;
        Later();

        var item = _device.IsSeenBy(Mounted("//lab-07/lab")).Only;

        Assert.Equal(Grade.E3, item.Grade);
        Assert.Contains("it lay in the device's spool for 3 hours before it was reported, but lab-09 of Ben Ode has mounted it", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wired_interface_is_seen_by_whoever_spoke_with_its_address()
    {
        var outlook = Assert.Single(Outlooks.Of(Of("wired.connected", "interface eth0 (00:1b:21:00:00:01)"), Facts(new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eth0", MacAddress = "00:1b:21:00:00:01" } } })));

        Assert.Equal((true, false, false), (outlook.Sees(Near("00:1b:21:00:00:01")), outlook.Sees(Near("00:1b:21:00:00:02")), outlook.Sees(Near("00:1b:21:00:00:01", typed: true))));
        // Who has that address really is not whoever says so.
        Assert.True(Assert.Single(outlook.Rivals).Sees(new Fact { NetworkInterfaces = new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eno1", MacAddress = "00:1b:21:00:00:01" } } } }));
    }

    [Fact]
    public void A_time_server_is_seen_by_who_takes_the_time_from_it()
    {
        var outlook = Assert.Single(Outlooks.Of(Of("service.set_up", "service chrony.service"), Facts(Booted("first"))));

        Assert.Equal((true, false, false), (outlook.Sees(Takes("lab-07.school.example")), outlook.Sees(Takes("lab-08")), outlook.Sees(Takes("lab-07", synchronised: false))));
    }

    [Theory]
    [InlineData("account.added", "ben (uid 1001)"), InlineData("service.set_up", "service nginx.service")]
    public void Most_things_are_seen_by_no_other_machine(string act, string target) => Assert.Empty(Outlooks.Of(Of(act, target), Facts(Booted("first"))));

    private static EvidenceItem Of(string act, string target) => new()
    {
        Id = Guid.NewGuid(), Line = "", Act = act, Target = target, State = EvidenceState.Held, Grade = Grade.E2, GradeReason = "", After = "", ReportId = 1,
        ChangedAt = Watched.Enrolled, HappenedAt = Watched.Enrolled, NotedAt = Watched.Enrolled, StateSince = Watched.Enrolled,
    };

    private static DeviceFacts Facts(IMessage said)
    {
        var facts = new DeviceFacts();
        facts.Put(new ReportedFact(said is NetworkInterfaces network ? new Fact { NetworkInterfaces = network } : new Fact { OperatingSystem = (Sandbox.Protocol.OperatingSystem)said }, 1, Watched.Enrolled, Watched.Enrolled));
        return facts;
    }

    private static Fact Near(string mac, bool typed = false) => new() { Neighbours = new Neighbours { Neighbours_ = { new Neighbour { Address = "192.0.2.7", MacAddress = mac, Interface = "eth0", Permanent = typed } } } };

    private static Fact Takes(string from, bool synchronised = true) => new()
    {
        TimeSync = new TimeSync { Synchronised = synchronised, Services = { new TimeService { Name = "systemd-timesyncd", Running = true, Sources = { new TimeSource { Address = from, Kind = "server" } } } } },
    };

    private Watched Shared(bool restarts = true)
    {
        _device.Tells(Nano(Now)).Says(Lab());
        return Later(restarts);
    }

    private Watched Later(bool restarts = true)
    {
        _device.After(At.Day).SaysTheSame();
        Assert.Equal(EvidenceState.Held, _device.Only.State);
        _device.Says(new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eth0", Addresses = { "192.0.2.7/24" } } } });
        if (restarts) _device.Says(Booted("second")).After(At.Minute).SaysTheSame();
        return _device;
    }

    private Sandbox.Protocol.OperatingSystem Booted(string boot, string name = "lab-07") => new() { HostName = name, BootId = boot, BootedAt = Timestamp.FromDateTimeOffset(Now) };

    private static AdminAct Nano(DateTimeOffset at) => At.Runs(at, "/usr/bin/nano", "/etc/samba/smb.conf");

    private static Shares Lab() => new()
    {
        Servers = { new ShareServer { Name = "smbd", Installed = true, Running = true } },
        SambaShares = { new SambaShare { Name = "lab", Kind = SambaShare.Types.Kind.Folder, Path = "/srv/lab", GuestOk = false, Available = true, ValidUsers = { "@teachers" } } },
        Folders = { new SharedFolder { Path = "/srv/lab", Present = true, Mode = 0b111_111_000 } },
    };

    private OthersFact Of(Fact fact) => new("lab-11", Ben, "Ben Ode", fact, Watched.Enrolled, 78);

    private OthersFact Mounted(string source) => new("lab-09", Ben, "Ben Ode", new Fact { Shares = new Shares { RemoteMounts = { new RemoteMount { Source = source, MountPoint = "/mnt", Type = "cifs", Mounted = true } } } }, Now, 77);
}
