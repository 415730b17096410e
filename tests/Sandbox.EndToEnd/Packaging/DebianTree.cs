namespace Sandbox.EndToEnd.Packaging;

/// <summary>A small Debian of which machines are copies: <c>SANDBOX_DEBIAN_TREE</c> names its folder; <c>tests/run</c> makes one by debootstrap.</summary>
internal static class DebianTree
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("SANDBOX_DEBIAN_TREE");

    /// <summary>A machine that is a copy of it, or a skipped test, in words, where there is none.</summary>
    public static Task<TreeMachine> MachineAsync(CancellationToken ct)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a machine to install on (mounts, chroot) needs root");
        Assert.SkipUnless(Directory.Exists(Root), "SANDBOX_DEBIAN_TREE names no Debian: tests/run makes one, as root with debootstrap");
        return TreeMachine.CopyAsync(Root!, ct);
    }
}
