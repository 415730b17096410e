using Sandbox.Protocol;
using static Sandbox.Protocol.SambaShare.Types;

namespace Sandbox.Tests.FolderShares;

/// <summary>smb.conf and usershares.</summary>
public sealed class SambaRows : IDisposable
{
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_share_has_its_values_in_force_with_file_and_line()
    {
        var share = (await SmbAsync("[global]\n  workgroup = LAB\n\n# comment\n[Lab Files]\n  comment = For the class\n  path = /srv/lab\n  writeable = yes\n  valid users = @teachers, elif \"the boss\"\n")).SambaShares.Single();

        Assert.Equal(("Lab Files", Kind.Folder, "/srv/lab", false, false, true, true), (share.Name, share.Kind, share.Path, share.ReadOnly, share.GuestOk, share.Browseable, share.Available));
        Assert.Equal((["@teachers", "elif", "the boss"], "For the class", "/etc/samba/smb.conf", 5u), (share.ValidUsers, share.Comment, share.DefinedIn, share.Line));
        Assert.Equal(
            new ConfiguredSetting { Name = "read only", Effective = "No", Origin = ConfiguredSetting.Types.Origin.File, Definitions = { new SettingDefinition { Path = "/etc/samba/smb.conf", Line = 8, Value = "yes" } } },
            share.Settings.Single(setting => setting.Name == "read only"));
    }

    [Fact]
    public async Task A_share_that_says_nothing_is_read_only_and_closed_to_guests()
    {
        var share = (await SmbAsync("[a]\npath=/a\n")).SambaShares.Single();

        Assert.Equal((true, false, true, true, 0), (share.ReadOnly, share.GuestOk, share.Browseable, share.Available, share.ValidUsers.Count));
    }

    [Theory]
    [InlineData("read only = no", false), InlineData("ReadOnly=0", false), InlineData("writable = True", false), InlineData("write ok = no", true), InlineData("read only = perhaps", true), InlineData("writeable = yes\nread only = yes", true), InlineData("; writeable = yes", true)]
    public async Task Every_way_to_say_that_one_may_write_is_understood(string line, bool readOnly) => Assert.Equal(readOnly, (await SmbAsync($"[a]\npath = /a\n{line}\n")).SambaShares.Single().ReadOnly);

    [Fact]
    public async Task What_global_sets_for_shares_holds_for_those_below_it()
    {
        var shares = (await SmbAsync("[before]\npath=/b\n[global]\nguest ok = yes\n[after]\npath=/a\n[own]\npath=/o\npublic = no\n")).SambaShares;

        Assert.Equal([("after", true), ("before", false), ("own", false)], shares.Select(share => (share.Name, share.GuestOk)));
        Assert.Equal([4u, 9u], shares.Single(share => share.Name == "own").Settings.Single(setting => setting.Name == "guest ok").Definitions.Select(one => one.Line));
    }

    [Fact]
    public async Task A_section_that_is_named_again_goes_on_and_so_does_a_line_with_a_backslash()
    {
        var share = (await SmbAsync("[lab]\npath = /srv/\\\n  lab\n[LAB]\nguest ok = yes\n")).SambaShares.Single();

        Assert.Equal(("lab", "/srv/ lab", true, 1u), (share.Name, share.Path, share.GuestOk, share.Line));
    }

    [Fact]
    public async Task Included_files_are_read_where_they_stand_and_those_that_depend_on_the_client_are_named()
    {
        _machine.With("etc/samba/more.conf", "map to guest = Bad User\n[more]\npath = /more\n");

        var fact = await SmbAsync("[global]\nmap to guest = Never\ninclude = /etc/samba/more.conf\nread only = no\ninclude = /etc/samba/%m.conf\ninclude = registry\n");

        Assert.Equal("Bad User", fact.SambaSettings.Single(setting => setting.Name == "map to guest").Effective);
        Assert.Equal(("more", false, "/etc/samba/more.conf"), (fact.SambaShares.Single().Name, fact.SambaShares.Single().ReadOnly, fact.SambaShares.Single().DefinedIn));
        Assert.Equal(2, fact.Unseen.Count(unseen => unseen.What == "/etc/samba/smb.conf"));
    }

    [Fact]
    public async Task A_file_that_includes_itself_comes_to_an_end()
    {
        var fact = await SmbAsync("[a]\npath = /a\ninclude = /etc/samba/smb.conf\n");

        Assert.Contains(fact.Unseen, unseen => unseen.Why.EndsWith("too many files include each other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_takes_what_the_share_does_not_say_itself()
    {
        var share = (await SmbAsync("[model]\npath = /m\nguest ok = yes\nread only = no\n[copy]\nread only = yes\ncopy = model\n")).SambaShares[0];

        Assert.Equal(("copy", "/m", true, true), (share.Name, share.Path, share.GuestOk, share.ReadOnly));
    }

    [Fact]
    public async Task Settings_for_all_shares_have_the_default_where_nobody_sets_them()
    {
        var settings = (await SmbAsync("[global]\nmin protocol = NT1\npasswd program = /bin/S3CRET\nldap admin dn = S3CRET\n")).SambaSettings;

        Assert.Equal(("NT1", ConfiguredSetting.Types.Origin.File), (Named("server min protocol").Effective, Named("server min protocol").Origin));
        Assert.Equal(("Never", ConfiguredSetting.Types.Origin.Default, 0), (Named("map to guest").Effective, Named("map to guest").Origin, Named("map to guest").Definitions.Count));

        ConfiguredSetting Named(string name) => settings.Single(setting => setting.Name == name);
    }

    [Fact]
    public async Task Homes_and_printers_are_told_from_folders()
    {
        var shares = (await SmbAsync("[homes]\nbrowseable = no\n[printers]\nprintable = yes\npath = /var/spool/samba\n[laser]\nprint ok = yes\npath = /x\n")).SambaShares;

        Assert.Equal([(Kind.Homes, false), (Kind.Printer, true), (Kind.Printer, true)], shares.Select(share => (share.Kind, share.HasPath)));
    }

    [Fact]
    public async Task Folders_that_users_shared_are_told_with_whom()
    {
        _machine.With("var/lib/samba/usershares/pub", "#VERSION 2\npath=/home/elif/pub\ncomment=Holiday\nusershare_acl=S-1-1-0:R,S-1-5-21-1:F\nguest_ok=y\nsharename=Pub\n").With("var/lib/samba/usershares/broken", "path=/x\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(
            new SambaShare { Name = "Pub", Kind = Kind.Usershare, Path = "/home/elif/pub", Comment = "Holiday", GuestOk = true, ReadOnly = false, UsershareAcl = "S-1-1-0:R,S-1-5-21-1:F", DefinedIn = "/var/lib/samba/usershares/pub", Line = 1 },
            fact.SambaShares.Single());
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/var/lib/samba/usershares/broken", Why: "no usershare" });
    }

    [Fact]
    public async Task A_machine_without_Samba_has_neither_settings_nor_shares()
    {
        var fact = await _machine.ReadAsync();

        Assert.Equal((0, 0, 0), (fact.SambaSettings.Count, fact.SambaShares.Count, fact.Unseen.Count));
        Assert.All(fact.Servers, server => Assert.False(server.Installed));
    }

    private Task<Protocol.Shares> SmbAsync(string text) => _machine.With(ShareMachine.Smb, text).ReadAsync();
}
