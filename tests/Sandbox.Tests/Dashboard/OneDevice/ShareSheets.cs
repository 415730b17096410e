using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of its shares in words.</summary>
public sealed class ShareSheets
{
    [Fact]
    public void A_share_says_who_may_write_and_who_comes_in() =>
        Assert.Equal(["lab", "/srv/lab", "whoever comes in", "no", "@teachers", "yes", "yes", "none", "/etc/samba/smb.conf:7"], Cells(
            new Shares
            {
                SambaShares = { new SambaShare { Name = "lab", Kind = SambaShare.Types.Kind.Folder, Path = "/srv/lab", ReadOnly = false, GuestOk = false, Browseable = true, Available = true, ValidUsers = { "@teachers" }, DefinedIn = "/etc/samba/smb.conf", Line = 7 } },
            }, "Samba"));

    [Fact]
    public void What_is_not_known_of_a_usershare_is_neither_yes_nor_no() =>
        Assert.Equal(["pub (made by a user)", "/home/elif/pub", null, null, "S-1-1-0:R", null, null, "none", "/u/pub:1"], Cells(
            new Shares { SambaShares = { new SambaShare { Name = "pub", Kind = SambaShare.Types.Kind.Usershare, Path = "/home/elif/pub", UsershareAcl = "S-1-1-0:R", DefinedIn = "/u/pub", Line = 1 } } }, "Samba"));

    [Fact]
    public void An_export_says_what_becomes_of_root() =>
        Assert.Equal(["/srv", "everybody", "whoever may by the folder's rights", "stays root", "keeps the number that the client says", "sys", null, "rw, no_root_squash", "/etc/exports:1"], Cells(
            new Shares { NfsExports = { new NfsExport { Path = "/srv", Client = "*", RootIsRoot = true, Security = { "sys" }, Options = { "rw", "no_root_squash" }, DefinedIn = "/etc/exports", Line = 1 } } }, "NFS"));

    [Fact]
    public void Rights_are_said_in_octal_and_in_words() =>
        Assert.Equal(["/srv", "nfs", "yes", "root", "lab", "2770", "user elif rwx, of which the mask leaves r-x, mask r-x", "none"], Cells(
            new Shares
            {
                Folders =
                {
                    new SharedFolder
                    {
                        Path = "/srv", SharedAs = { "nfs" }, Present = true, Owner = "root", Group = "lab", Mode = 0x5F8,
                        Acl = { new AclEntry { Kind = AclEntry.Types.Kind.User, Name = "elif", Permissions = "rwx", Effective = "r-x" }, new AclEntry { Kind = AclEntry.Types.Kind.Mask, Permissions = "r-x" } },
                    },
                },
            }, "Rights in shared folders"));

    [Fact]
    public void Of_a_folder_that_nobody_looked_into_nothing_is_said() =>
        Assert.Equal(["/nas", "nfs", null, null, null, null, null, null], Cells(new Shares { Folders = { new SharedFolder { Path = "/nas", SharedAs = { "nfs" } } } }, "Rights in shared folders"));

    [Fact]
    public void A_mount_that_is_in_no_table_and_a_quota_without_its_plugin_are_told()
    {
        var fact = new Shares { RemoteMounts = { new RemoteMount { MountPoint = "/mnt", Source = "//nas/lab", Type = "cifs", Mounted = true, InFstab = false } }, Mail = new MailStorage { Location = "maildir:~/Maildir", QuotaLoaded = false, QuotaBytes = 1 << 30 } };

        Assert.Equal(["/mnt", "//nas/lab", "cifs", "yes", "no", "none"], Cells(fact, "Folders of other machines"));
        Assert.Equal(["maildir:~/Maildir", "no: the plugin is not loaded", "1 GiB"], Cells(fact, "Mail"));
    }

    private static IReadOnlyList<string?> Cells(Shares fact, string title) => FactTables.Of(new Fact { Shares = fact }).Single(table => table.Title == title).Rows.Single().Cells;
}
