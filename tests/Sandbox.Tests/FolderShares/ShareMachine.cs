using Sandbox.Agent.Shares;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.FolderShares;

/// <summary>A machine that shares folders. Whatever is read of it, no secret is in the fact.</summary>
internal sealed class ShareMachine : IDisposable
{
    public const string Secret = "S3CRET";
    public const string Smb = "etc/samba/smb.conf";

    public MachineFiles Files { get; } = new MachineFiles().With("proc/self/mountinfo", "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

    public ShareMachine With(string path, string text)
    {
        Files.With(path, text);
        return this;
    }

    public async Task<Protocol.Shares> ReadAsync()
    {
        var fact = Assert.Single(await new LinuxShares(Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Shares;
        Assert.DoesNotContain(Secret, fact.ToString(), StringComparison.Ordinal);
        return fact;
    }

    public void Dispose() => Files.Dispose();
}
