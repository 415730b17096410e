using System.Diagnostics;
using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

/// <summary>A real mount, and real swap, wake those who watch those of the running system, and nobody else.</summary>
public sealed class MountsWake : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_system_that_comes_and_goes_wakes_its_lane_each_time()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may mount; run the tests as root to see this one.");
        using var woken = new SemaphoreSlim(0);
        var (others, watched) = (0UL, 0);
        using var watch = new LinuxFileWatch(
            new RootFolder("/"),
            [["etc/login.defs"], MountTable.Watches],
            lanes =>
            {
                others |= lanes & 1;
                if ((lanes & 2) != 0) woken.Release();
            },
            (lane, count, _) => watched = lane == 1 ? count : watched);
        Assert.Equal(MountTable.Watches.Count, watched);

        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "none", _folder.Path) == 0, "This machine lets root mount nothing.");
        try
        {
            Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken), "The mount woke nobody.");
        }
        finally
        {
            while (await woken.WaitAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None))
            {
                // What else the mount told.
            }
            Assert.Equal(0, await RunAsync("umount", _folder.Path));
        }

        Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken), "Its end woke nobody.");
        Assert.Equal(0UL, others);
    }

    [Fact]
    public async Task Swap_that_comes_and_goes_wakes_its_lane_each_time()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may switch swap on; run the tests as root to see this one.");
        Assert.SkipUnless(File.Exists("/proc/swaps") && File.Exists("/usr/sbin/mkswap"), "This machine has no swap in its kernel, or no mkswap.");
        var file = Path.Combine(_folder.Path, "swap");
        await File.WriteAllBytesAsync(file, new byte[1 << 20], TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("chmod", "600", file));
        Assert.Equal(0, await RunAsync("/usr/sbin/mkswap", "-q", file));
        using var woken = new SemaphoreSlim(0);
        using var watch = new LinuxFileWatch(new RootFolder("/"), [["proc/swaps"]], _ => woken.Release(), (_, _, _) => { });

        Assert.SkipUnless(await RunAsync("/usr/sbin/swapon", file) == 0, "This machine lets root switch no swap on there: some file systems hold none.");
        try
        {
            Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken), "The swap woke nobody.");
        }
        finally
        {
            Assert.Equal(0, await RunAsync("/usr/sbin/swapoff", file));
        }

        Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken), "Its end woke nobody.");
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var running = Process.Start(program, arguments);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        return running.ExitCode;
    }
}
