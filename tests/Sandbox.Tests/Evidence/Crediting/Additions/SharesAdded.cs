using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Kind = Sandbox.Protocol.SambaShare.Types.Kind;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 1.6: folders that somebody shared with some, and everything that only looks like it.</summary>
public sealed class SharesAdded
{
    private readonly Watched _device = At.Device(Of(Share("old", "/srv/old")));

    [Fact]
    public void A_share_for_some_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/nano", "/etc/samba/smb.conf")).Says(With(Share("lab", "/srv/lab"))).Only;

        Assert.Equal(("1.6", "share.added", "share lab (/srv/lab)", "shared by Samba with @teachers"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void An_NFS_export_counts() =>
        Assert.Equal("share /srv/lab for 192.0.2.0/24 (/srv/lab)", _device.Tells(At.Runs(_device.Now, "/usr/bin/sudoedit", "/etc/exports")).Says(Exported()).Only.Target);

    public static TheoryData<string> Open => ["guest", "everybody", "off", "homes", "printer", "hidden", "whole", "writable", "absent", "unknown", "usershare for everybody", "usershare for all with a password", "usershare for nobody", "whoever it is", "users"];

    [Theory, MemberData(nameof(Open))]
    public void One_that_is_open_or_no_folder_of_somebodys_does_not(string what) => Assert.Empty(_device.Says(Unfit(what)).Evidence);

    [Fact]
    public void A_usershare_for_some_counts() => Assert.Single(_device.Says(With(Share("lab", "/srv/lab", one =>
    {
        (one.Kind, one.UsershareAcl) = (Kind.Usershare, "S-1-5-21-1-2-3-1001:F,");
        one.ClearAvailable();
        one.ValidUsers.Clear();
    }))).Evidence);

    [Fact]
    public void A_server_that_does_not_run_shares_nothing()
    {
        var stopped = With(Share("lab", "/srv/lab"));
        stopped.Servers[0].Running = false;

        Assert.Empty(_device.Says(stopped).Evidence);
    }

    [Theory]
    [InlineData("*"), InlineData("0.0.0.0/0"), InlineData("0.0.0.0/0.0.0.0"), InlineData("0.0.0.0/1"), InlineData("*.*"), InlineData("?*")]
    public void An_export_to_everybody_does_not(string client) => Assert.Empty(_device.Says(Exported(one => one.Client = client)).Evidence);

    [Fact]
    public void An_export_in_which_root_is_root_does_not() => Assert.Empty(_device.Says(Exported(one => one.RootIsRoot = true)).Evidence);

    [Fact]
    public void An_export_that_is_not_in_force_does_not() => Assert.Empty(_device.Says(Exported(one => one.InForce = false)).Evidence);

    [Fact]
    public void Another_name_for_a_folder_that_was_shared_does_not() => Assert.Empty(_device.Says(With(Share("again", "/srv/old"))).Evidence);

    [Theory]
    [InlineData("/srv/./old"), InlineData("/srv//old/"), InlineData("//srv/old")]
    public void Nor_does_its_path_written_in_another_way(string path) => Assert.Empty(_device.Says(With(Share("again", path))).Evidence);

    [Fact]
    public void A_path_that_ends_with_a_slash_is_the_folder_itself()
    {
        var shares = With(Share("lab", "/srv/lab/"));
        shares.Folders[^1].Path = "/srv/lab";

        Assert.Single(_device.Says(shares).Evidence);
    }

    [Fact]
    public void What_is_opened_to_everybody_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(With(Share("lab", "/srv/lab"))).After(At.Minute).Says(Unfit("guest")).Only.State);

    [Fact]
    public void What_is_removed_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(With(Share("lab", "/srv/lab"))).After(At.Minute).Says(With()).Only.State);

    [Fact]
    public void A_server_that_is_started_anew_takes_nothing_back()
    {
        var stopped = With(Share("lab", "/srv/lab"));
        stopped.Servers[0].Running = false;

        Assert.Equal(EvidenceState.Watched, _device.Says(With(Share("lab", "/srv/lab"))).After(At.Minute).Says(stopped).Only.State);
    }

    [Fact]
    public void Settings_that_could_not_be_read_are_no_beginning()
    {
        var blind = Of();
        blind.Unseen.Add(new Unseen { What = "/etc/samba/smb.conf", Why = "permission denied" });

        Assert.Empty(At.Device(blind).Says(With(Share("lab", "/srv/lab"))).Evidence);
    }

    [Fact]
    public void The_command_of_a_usershare_tells_as_well() =>
        Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, "/usr/bin/net", "usershare", "add", "lab")).Says(With(Share("lab", "/srv/lab"))).Only.Person);

    [Theory]
    [InlineData("/usr/bin/net", "usershare", "list"), InlineData("/usr/bin/cat", "/etc/samba/smb.conf"), InlineData("/usr/bin/testparm", "-s"), InlineData("/usr/bin/nano", "/etc/hosts")]
    public void Another_command_does_not(string program, params string[] arguments) =>
        Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(With(Share("lab", "/srv/lab"))).Only.Person);

    private static Shares Unfit(string what)
    {
        var shares = With(what switch
        {
            "guest" => Share("lab", "/srv/lab", one => one.GuestOk = true),
            "everybody" => Share("lab", "/srv/lab", one => one.ValidUsers.Clear()),
            "off" => Share("lab", "/srv/lab", one => one.Available = false),
            "homes" => Share("homes", "/home/%S", one => one.Kind = Kind.Homes),
            "printer" => Share("laser", "/var/spool/samba", one => one.Kind = Kind.Printer),
            "hidden" => Share("print$", "/var/lib/samba/printers"),
            "whole" => Share("all", "/"),
            "unknown" => Share("lab", "/srv/lab", one => one.ClearGuestOk()),
            "usershare for everybody" => Share("lab", "/srv/lab", one => (one.Kind, one.UsershareAcl) = (Kind.Usershare, "S-1-1-0:F,")),
            "usershare for all with a password" => Share("lab", "/srv/lab", one => (one.Kind, one.UsershareAcl) = (Kind.Usershare, "S-1-5-11:F,")),
            "usershare for nobody" => Share("lab", "/srv/lab", one => (one.Kind, one.UsershareAcl) = (Kind.Usershare, "S-1-5-21-1-2-3-1001:D,")),
            "whoever it is" => Share("lab", "/srv/lab", one => one.ValidUsers.Add("%U")),
            "users" => Share("lab", "/srv/lab", one => one.ValidUsers.Add("@users")),
            _ => Share("lab", "/srv/lab"),
        });
        if (what == "writable") shares.Folders[^1].Mode = 0b111_111_111;
        if (what == "absent") shares.Folders[^1].Present = false;
        return shares;
    }

    private static Shares Exported(Action<NfsExport>? change = null)
    {
        var export = new NfsExport { Path = "/srv/lab", Client = "192.0.2.0/24", InForce = true };
        change?.Invoke(export);
        var shares = With();
        shares.NfsExports.Add(export);
        shares.Folders.Add(new SharedFolder { Path = "/srv/lab", Present = true, Mode = 0b111_101_000 });
        return shares;
    }

    private static Shares With(params SambaShare[] more) => Of([Share("old", "/srv/old"), .. more]);

    private static Shares Of(params SambaShare[] shares) => new()
    {
        Servers = { new ShareServer { Name = "smbd", Installed = true, Running = true } },
        SambaShares = { shares },
        Folders = { shares.Select(one => new SharedFolder { Path = one.Path, Present = true, Mode = 0b111_111_000 }) },
    };

    private static SambaShare Share(string name, string path, Action<SambaShare>? change = null)
    {
        var share = new SambaShare { Name = name, Kind = Kind.Folder, Path = path, GuestOk = false, Available = true, ReadOnly = false, ValidUsers = { "@teachers" } };
        change?.Invoke(share);
        return share;
    }
}
