using Sandbox.Agent.Accounts;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.LocalAccounts;

/// <summary>Who may read and change the files of accounts.</summary>
public sealed class FilesOfAccounts
{
    [Fact]
    public async Task Each_file_that_is_there_comes_with_mode_and_owner()
    {
        using var machine = new MachineFiles().With("etc/passwd", "root:x:0:0::/root:/bin/sh\n").With("etc/shadow", "root:*:20000:0:99999:7:::\n").With("etc/shadow-", "");
        Set(machine, "etc/passwd", "644");
        Set(machine, "etc/shadow", "640");
        Set(machine, "etc/shadow-", "4600");

        var files = (await new LinuxAccounts(machine.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Accounts.Files;

        Assert.Equal([("/etc/passwd", 420u), ("/etc/shadow", 416u), ("/etc/shadow-", 2432u)], files.Select(file => (file.Path, file.Mode)));
        Assert.All(files, file => Assert.Equal((files[0].Uid, files[0].Gid), (file.Uid, file.Gid)));
    }

    [Fact]
    public async Task A_machine_without_them_has_none()
    {
        using var machine = new MachineFiles();

        Assert.Empty((await new LinuxAccounts(machine.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Accounts.Files);
    }

    private static void Set(MachineFiles machine, string path, string octal)
    {
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(machine.At(path), (UnixFileMode)Convert.ToInt32(octal, 8));
    }
}
