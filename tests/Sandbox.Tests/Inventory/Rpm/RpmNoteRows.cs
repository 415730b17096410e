using Sandbox.Protocol;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Who asked for an rpm package and where it came from, by what dnf and zypper noted.</summary>
public sealed class RpmNoteRows : IDisposable
{
    private readonly RpmMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Without_notes_nothing_is_said()
    {
        var package = await OneAsync();

        Assert.False(package.HasAutomatic || package.HasRepository);
    }

    [Theory]
    [InlineData("User", false), InlineData("External User", false), InlineData("Dependency", true), InlineData("Weak Dependency", true)]
    public async Task Dnf5_says_why_and_from_where(string reason, bool automatic)
    {
        _machine.Files.With("usr/lib/sysimage/libdnf5/packages.toml", $"version = \"1.0\"\n[packages]\n\"bash.x86_64\" = {{reason = \"{reason}\"}}\n")
            .With("usr/lib/sysimage/libdnf5/nevras.toml", "version = \"1.0\"\n[nevras]\n\"bash-2:5.2-3.x86_64\" = {from_repo=\"fedora\"}\n");

        var package = await OneAsync();

        Assert.Equal((automatic, "fedora"), (package.Automatic, package.Repository));
    }

    [Fact]
    public async Task Dnf5_may_write_tables_in_place_of_lines()
    {
        _machine.Files.With("usr/lib/sysimage/libdnf5/packages.toml", "version = \"1.0\"\n\n[packages]\n[packages.\"bash.x86_64\"]\nreason = \"Dependency\"\n");

        Assert.True((await OneAsync()).Automatic);
    }

    [Theory]
    [InlineData("Group"), InlineData(""), InlineData("Something new")]
    public async Task What_dnf5_does_not_say_there_is_not_known(string reason)
    {
        _machine.Files.With("usr/lib/sysimage/libdnf5/packages.toml", $"[packages]\n\"zsh.x86_64\" = {{reason = \"User\"}}\n{(reason == "Group" ? "" : $"\"bash.x86_64\" = {{reason = \"{reason}\"}}\n")}");

        Assert.False((await OneAsync()).HasAutomatic);
    }

    [Fact]
    public async Task Zypper_lists_what_it_brought_in_by_itself()
    {
        _machine.Files.With("var/lib/zypp/AutoInstalled", "# 28 packages\n#\nlibfoo\nbash\n");

        Assert.True((await OneAsync()).Automatic);
    }

    [Fact]
    public async Task What_zypper_does_not_list_was_asked_for()
    {
        _machine.Files.With("var/lib/zypp/AutoInstalled", "# 28 packages\nlibfoo\n");

        var package = await OneAsync();

        Assert.Equal((true, false), (package.HasAutomatic, package.Automatic));
    }

    [Fact]
    public async Task Reasons_and_repositories_are_those_that_dnf_says()
    {
        RpmMachine.Require();
        Assert.SkipUnless(File.Exists("/usr/bin/dnf") && File.Exists("/usr/bin/createrepo_c"), "dnf is not installed here. Type: sudo apt-get install dnf createrepo-c");
        // Debian's dnf keeps rpm's database in the home folder.
        _machine.Files.WithFolder(RpmMachine.Folder).WithLink("root/.rpmdb", $"../{RpmMachine.Folder}");
        await _machine.InstallAsync("nobody");
        var folder = await RpmMachine.RepositoryAsync();
        _machine.Files.With("etc/yum.repos.d/lab.repo", $"[lab-repo]\nname=lab\nbaseurl=file://{folder}\ngpgcheck=0\n").With("etc/dnf/dnf.conf", "[main]\n").WithFolder("var/log");

        await DnfAsync("install", "needs", "kernel-6.1", Path.Combine(folder, "zero.rpm"));
        await DnfAsync("install", "kernel-6.2", "long");
        await DnfAsync("mark", "remove", "long");
        await DnfAsync("remove", "zero");

        var said = await DnfAsync("repoquery", "-q", "--installed", "--qf", "%{name} %{evr} %{reason} %{from_repo}");
        var ours = (await _machine.ReadAsync()).Packages.Select(one => $"{one.Name} {one.Version} {(one.HasAutomatic ? one.Automatic ? "dependency" : "user" : "unknown")} {one.Repository}".Trim());
        Assert.Equal(said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    private Task<string> DnfAsync(params string[] arguments) => RpmMachine.RunAsync("dnf",
        ["-y", $"--installroot={_machine.Files.Root}", "--releasever=1", "--noplugins", $"--setopt=reposdir={_machine.Files.At("etc/yum.repos.d")}", "--setopt=logdir=/var/log", "-c", _machine.Files.At("etc/dnf/dnf.conf"), .. arguments]);

    private async Task<Package> OneAsync()
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [HeaderBytes.Of((1000, "bash"), (1001, "5.2"), (1002, "3"), (1003, 2u), (1022, "x86_64"))]);
        return (await _machine.ReadAsync()).Packages.Single();
    }
}
