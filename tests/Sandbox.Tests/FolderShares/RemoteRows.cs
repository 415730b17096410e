using CsCheck;
using Sandbox.Agent.Shares;
using Sandbox.Protocol;

namespace Sandbox.Tests.FolderShares;

/// <summary>Folders that other machines keep.</summary>
public sealed class RemoteRows : IDisposable
{
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_is_mounted_and_what_is_written_are_put_together()
    {
        _machine.With("proc/self/mountinfo", "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n31 30 0:50 / /nas rw,nosuid - nfs4 nas:/export rw,vers=4.2,sec=krb5p,clientaddr=192.0.2.1\n32 30 0:51 / /mnt/hand rw - cifs //nas/lab rw,username=S3CRET,vers=3.1.1,seal\n")
            .With("etc/fstab", "# //x/y /z cifs\nnas:/export /nas/ nfs4 defaults,nofail 0 0\n//nas/home /mnt/home cifs credentials=/root/S3CRET,password=S3CRET,guest,noauto 0 0\n/dev/sda1 / ext4 defaults 0 1\n");

        Assert.Equal(
            [
                new RemoteMount { MountPoint = "/mnt/hand", Source = "//nas/lab", Type = "cifs", Mounted = true, InFstab = false, Options = { "seal", "vers=3.1.1" } },
                new RemoteMount { MountPoint = "/mnt/home", Source = "//nas/home", Type = "cifs", Mounted = false, InFstab = true, Options = { "guest", "noauto" } },
                new RemoteMount { MountPoint = "/nas", Source = "nas:/export", Type = "nfs4", Mounted = true, InFstab = true, Options = { "nosuid", "sec=krb5p", "vers=4.2" } },
            ],
            (await _machine.ReadAsync()).RemoteMounts);
    }

    [Fact]
    public async Task Where_mounts_cannot_be_seen_nothing_is_said_to_be_unmounted()
    {
        File.Delete(_machine.Files.At("proc/self/mountinfo"));

        var mount = (await _machine.With("etc/fstab", "elif@host:/home /mnt fuse.sshfs defaults 0 0\n").ReadAsync()).RemoteMounts.Single();

        Assert.Equal(("host:/home", false, true), (mount.Source, mount.HasMounted, mount.InFstab));
    }

    [Theory]
    [InlineData("//nas/lab", "cifs", "//nas/lab"), InlineData("//elif:S3CRET@nas/lab", "cifs", "//nas/lab"), InlineData("elif@host:/home", "fuse.sshfs", "host:/home"), InlineData("sshfs#elif@host:/home", "fuse.sshfs", "sshfs#host:/home")]
    [InlineData("https://elif:S3CRET@cloud:8443/dav?token=S3CRET", "davfs", "https://cloud:8443/dav"), InlineData("nas:/export@daily", "nfs4", "nas:/export@daily"), InlineData("//elif:S3CRET@nas/x", "nfs", "//nas/x"), InlineData("elif:S3CRET@host:/x", "fuse.sshfs", "host:/x")]
    [InlineData("//elif:S3/CRET@nas/lab", "cifs", "withheld"), InlineData("//elif:S3CRET/lab", "cifs", "withheld"), InlineData("https://x/?a=b@S3CRET", "davfs", "withheld"), InlineData("elif:S3CRET@host://x", "fuse.sshfs", "host://x"), InlineData("", "cifs", "withheld")]
    public void Addresses_are_shown_without_what_may_be_secret(string source, string type, string shown) => Assert.Equal(shown, RemoteSource.Shown(source, type));

    [Fact]
    public void Nothing_before_an_at_sign_is_ever_shown() => Gen.Select(Gen.String[Gen.Char["ab1:/.,;$ @?#&=[]%-"], 0, 14], Gen.OneOfConst("//", "https://", "", "sshfs#", "x:"))
        .Sample((text, begin) => !RemoteSource.Shown($"{begin}{text}S3CRET{text}@host/x", "cifs").Contains("S3CRET", StringComparison.Ordinal), iter: Fuzz.Times(5000), threads: 1);
}
