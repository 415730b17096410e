using CsCheck;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Shares;
using Sandbox.Protocol;
using static Sandbox.Protocol.AclEntry.Types;

namespace Sandbox.Tests.FolderShares;

/// <summary>Who may do what in folders that are shared.</summary>
public sealed class FolderRows : IDisposable
{
    private readonly ShareMachine _machine = new ShareMachine().With("etc/passwd", "root:x:0:0::/root:/bin/sh\nelif:x:1000:1000::/home/elif:/bin/sh\n").With("etc/group", "root:x:0:\nteachers:x:50:elif\n");

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_folder_says_by_what_it_is_reached_whose_it_is_and_its_mode()
    {
        _machine.Files.WithFolder("srv/lab");
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(_machine.Files.At("srv/lab"), (UnixFileMode)Convert.ToInt32("2770", 8));
        _machine.With(ShareMachine.Smb, "[lab]\npath = /srv/lab/\n").With("etc/exports", "/srv/lab *(ro)\n/gone *(ro)\n");

        var folders = (await _machine.ReadAsync()).Folders;

        Assert.Equal([("/gone", false), ("/srv/lab", true)], folders.Select(folder => (folder.Path, folder.Present)));
        Assert.Equal((["samba lab", "nfs"], Convert.ToUInt32("2770", 8)), (folders[1].SharedAs, folders[1].Mode));
        Assert.False(folders[0].HasMode || folders[0].HasOwner);
        if (Environment.IsPrivilegedProcess) Assert.Equal(("root", "root"), (folders[1].Owner, folders[1].Group));
    }

    [Fact]
    public async Task A_folder_of_another_machine_is_not_looked_into_and_one_that_depends_on_who_comes_is_left_out()
    {
        _machine.With("proc/self/mountinfo", "31 30 0:50 / /nas rw - nfs4 nas:/export rw\n").With("etc/exports", "/nas/x *(ro)\n").With(ShareMachine.Smb, "[a]\npath = /srv/%U\n").Files.WithFolder("nas/x");

        var fact = await _machine.ReadAsync();

        Assert.Equal(("/nas/x", false), (fact.Folders.Single().Path, fact.Folders.Single().HasPresent));
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/nas/x");
    }

    [Fact]
    public void An_ACL_is_read_with_names_and_what_the_mask_leaves()
    {
        var entries = Acl().Parse(Convert.FromHexString("02000000" + "01000700ffffffff" + "02000700e8030000" + "02000400d2040000" + "04000500ffffffff" + "0800070032000000" + "10000500ffffffff" + "20000000ffffffff"));

        Assert.Equal(
            [
                new AclEntry { Kind = Kind.Owner, Permissions = "rwx" }, new AclEntry { Kind = Kind.User, Name = "elif", Permissions = "rwx", Effective = "r-x" }, new AclEntry { Kind = Kind.User, Name = "1234", Permissions = "r--" },
                new AclEntry { Kind = Kind.OwningGroup, Permissions = "r-x" }, new AclEntry { Kind = Kind.Group, Name = "teachers", Permissions = "rwx", Effective = "r-x" }, new AclEntry { Kind = Kind.Mask, Permissions = "r-x" },
                new AclEntry { Kind = Kind.Others, Permissions = "---" },
            ],
            entries!);
    }

    [Theory]
    [InlineData(""), InlineData("01000000"), InlineData("0200000001"), InlineData("02000000010007")]
    public void What_is_no_ACL_is_told(string hex) => Assert.Null(Acl().Parse(Convert.FromHexString(hex)));

    [Fact]
    public void Nothing_breaks_the_reader() => Gen.Byte.Array[0, 100].Sample(bytes => Acl().Parse([2, 0, 0, 0, .. bytes]) is null or { Count: <= 200 }, iter: Fuzz.Times(3000), threads: 1);

    private PosixAcl Acl()
    {
        var root = new RootFolder(_machine.Files.Root);
        return new PosixAcl(new NumberedNames(root, "etc/passwd"), new NumberedNames(root, "etc/group"));
    }
}
