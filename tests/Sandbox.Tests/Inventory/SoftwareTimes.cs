using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

/// <summary>When packages came, who distributes them, and what other package managers brought.</summary>
public sealed class SoftwareTimes : IDisposable
{
    private static readonly DateTime At = new(2026, 3, 4, 5, 6, 7, 890, DateTimeKind.Utc);
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_package_was_installed_when_its_list_was_written_in_whole_seconds()
    {
        Debs(("bash", "amd64", ""));
        Dated("var/lib/dpkg/info/bash.list", At);

        var package = (await ReadAsync()).Packages.Single();

        Assert.Equal((new DateTimeOffset(At).ToUnixTimeSeconds(), 0), (package.InstalledAt.Seconds, package.InstalledAt.Nanos));
    }

    [Fact]
    public async Task A_list_of_one_architecture_speaks_for_that_alone()
    {
        Debs(("libc6", "amd64", ""), ("libc6", "i386", ""), ("libc6-dev", "amd64", ""));
        Dated("var/lib/dpkg/info/libc6:i386.list", At);

        var packages = (await ReadAsync()).Packages;

        Assert.Equal([false, true, false], packages.Select(package => package.InstalledAt is not null));
    }

    [Fact]
    public async Task Other_files_of_a_package_and_lists_of_nothing_say_no_time()
    {
        Debs(("bash", "amd64", ""));
        Dated("var/lib/dpkg/info/bash.md5sums", At);
        Dated("var/lib/dpkg/info/bas.list", At);
        Dated("var/lib/dpkg/info/.list", At);
        Dated("var/lib/dpkg/info/zz.list", At);

        var package = (await ReadAsync()).Packages.Single();

        Assert.Null(package.InstalledAt);
    }

    [Fact]
    public async Task Without_the_folder_of_lists_the_packages_are_there_and_the_folder_is_named()
    {
        Debs(("bash", "amd64", ""));

        var software = await ReadAsync();

        Assert.Single(software.Packages);
        Assert.Contains(software.Unseen, one => one.What == "/var/lib/dpkg/info");
    }

    [Fact]
    public async Task A_package_that_names_its_origin_has_one_and_the_next_has_none()
    {
        Debs(("code", "amd64", "Origin: Example Corp\n"), ("zsh", "amd64", ""));

        var packages = (await ReadAsync()).Packages;

        Assert.Equal("Example Corp", packages[0].Origin);
        Assert.False(packages[1].HasOrigin);
    }

    [Fact]
    public async Task A_flatpak_has_id_architecture_branch_commit_remote_and_time()
    {
        const string Branch = "var/lib/flatpak/app/org.gimp.GIMP/x86_64/stable";
        _files.With($"{Branch}/0123456789abcdef/deploy", "flathub\0rest").WithLink($"{Branch}/active", "0123456789abcdef")
            .WithLink("var/lib/flatpak/app/org.gimp.GIMP/current", "x86_64/stable");
        File.SetLastWriteTimeUtc(_files.At($"{Branch}/0123456789abcdef/deploy"), At);

        var package = (await ReadAsync()).Packages.Single();

        Assert.Equal(("org.gimp.GIMP", "x86_64", "stable", "0123456789ab"), (package.Name, package.Architecture, package.Branch, package.Version));
        Assert.Equal(("flathub", Package.Types.Manager.Flatpak), (package.Origin, package.Manager));
        Assert.Equal(new DateTimeOffset(At).ToUnixTimeSeconds(), package.InstalledAt.Seconds);
    }

    [Fact]
    public async Task A_flatpak_branch_that_is_not_active_is_not_installed()
    {
        _files.WithFolder("var/lib/flatpak/runtime/org.freedesktop.Platform/x86_64/23.08/abc");

        Assert.Empty((await ReadAsync()).Packages);
    }

    [Fact]
    public async Task A_snap_has_the_version_of_its_yaml_and_the_time_of_its_file()
    {
        _files.With("snap/hello/42/meta/snap.yaml", "name: hello\nversion: '2.10'\nsummary: version: 9\n").WithLink("snap/hello/current", "42").With("snap/README", "text");
        Dated("var/lib/snapd/snaps/hello_42.snap", At);

        var package = (await ReadAsync()).Packages.Single();

        Assert.Equal(("hello", "2.10", Package.Types.Manager.Snap), (package.Name, package.Version, package.Manager));
        Assert.Equal(new DateTimeOffset(At).ToUnixTimeSeconds(), package.InstalledAt.Seconds);
    }

    [Fact]
    public async Task Reading_twice_gives_the_same_bytes()
    {
        Debs(("b", "amd64", ""), ("a", "all", ""));
        Dated("var/lib/dpkg/info/a.list", At);
        _files.With("etc/apt/sources.list", "deb http://deb.example.org/debian bookworm main\n");

        var once = await ReadAsync();
        var again = await ReadAsync();

        Assert.Equal(once, again);
        Assert.Equal(["a", "b"], once.Packages.Select(package => package.Name));
    }

    private void Debs(params (string Name, string Architecture, string More)[] packages) => _files.With(
        "var/lib/dpkg/status",
        string.Concat(packages.Select(p => $"Package: {p.Name}\nStatus: install ok installed\nArchitecture: {p.Architecture}\nVersion: 1\n{p.More}\n")));

    private void Dated(string path, DateTime at)
    {
        _files.With(path, "/usr\n");
        File.SetLastWriteTimeUtc(_files.At(path), at);
    }

    private async Task<Software> ReadAsync() =>
        (await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;
}
