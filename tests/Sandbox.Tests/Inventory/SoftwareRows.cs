using System.Text;
using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

public sealed class SoftwareRows : IDisposable
{
    private const string Status = "var/lib/dpkg/status";
    private const string States = "var/lib/apt/extended_states";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_package_has_name_version_and_architecture()
    {
        _files.With(Status, Entry("openssh-server", "1:9.2p1-2+deb12u6"));

        var package = (await ReadAsync()).Packages.Single();

        Assert.Equal(("openssh-server", "1:9.2p1-2+deb12u6", "amd64"), (package.Name, package.Version, package.Architecture));
    }

    [Theory]
    [InlineData("install ok installed", 1), InlineData("hold ok installed", 1), InlineData("deinstall ok config-files", 0)]
    [InlineData("deinstall ok installed", 1), InlineData("install ok triggers-pending", 1), InlineData("install ok triggers-awaited", 1)]
    [InlineData("install ok half-installed", 0), InlineData("install reinstreq half-configured", 0), InlineData("purge ok not-installed", 0)]
    public async Task Only_what_is_installed_counts(string status, int count)
    {
        _files.With(Status, Entry("a", "1", status: status));

        var software = await ReadAsync();

        Assert.Equal(count, software.Packages.Count);
    }

    [Fact]
    public async Task A_removed_package_leaves_nothing_to_the_next_entry()
    {
        _files.With(Status, Entry("gone", "1", status: "deinstall ok config-files") + Entry("here", "2"));

        var software = await ReadAsync();

        Assert.Equal(["here"], software.Packages.Select(package => package.Name));
    }

    [Fact]
    public async Task Lines_that_go_on_are_not_fields()
    {
        _files.With(Status, "Package: a\nStatus: install ok installed\nDescription: text\n Version: 9\n .\nConffiles:\n /etc/a 1\nVersion: 1\nArchitecture: all\n\n");

        var package = (await ReadAsync()).Packages.Single();

        Assert.Equal("1", package.Version);
    }

    [Fact]
    public async Task The_last_entry_needs_no_empty_line()
    {
        _files.With(Status, Entry("a", "1").TrimEnd());

        var software = await ReadAsync();

        Assert.Single(software.Packages);
    }

    [Fact]
    public async Task Packages_are_sorted_by_name_then_architecture()
    {
        _files.With(Status, Entry("b", "1") + Entry("a", "1", "i386") + Entry("a", "1"));

        var software = await ReadAsync();

        Assert.Equal(["a amd64", "a i386", "b amd64"], software.Packages.Select(package => $"{package.Name} {package.Architecture}"));
    }

    [Fact]
    public async Task A_system_without_dpkg_says_so()
    {
        var software = await ReadAsync();

        Assert.Empty(software.Packages);
        Assert.Contains(software.Unseen, one => one.What == "/var/lib/dpkg/status" && one.Why.Contains("does not use dpkg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_apts_marks_nobody_knows_who_asked_for_it()
    {
        _files.With(Status, Entry("a", "1"));

        var software = await ReadAsync();

        Assert.False(software.Packages.Single().HasAutomatic);
    }

    [Fact]
    public async Task Apts_marks_tell_dependencies_from_wishes()
    {
        _files.With(Status, Entry("dependency", "1") + Entry("wish", "1"))
            .With(States, "Package: dependency\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: wish\nArchitecture: amd64\nAuto-Installed: 0\n");

        var software = await ReadAsync();

        Assert.Equal([true, false], software.Packages.Select(package => package.Automatic));
    }

    [Fact]
    public async Task Apt_files_a_package_for_all_architectures_under_the_machines_own()
    {
        _files.With(Status, Entry("adduser", "3.134", "all")).With(States, "Package: adduser\nArchitecture: amd64\nAuto-Installed: 1\n\n");

        var software = await ReadAsync();

        Assert.True(software.Packages.Single().Automatic);
    }

    [Fact]
    public async Task A_mark_counts_for_its_architecture_alone()
    {
        _files.With(Status, Entry("libc6", "2") + Entry("libc6", "2", "i386")).With(States, "Package: libc6\nArchitecture: i386\nAuto-Installed: 1\n\n");

        var software = await ReadAsync();

        Assert.Equal([false, true], software.Packages.Select(package => package.Automatic));
    }

    [Fact]
    public async Task An_entry_without_a_version_is_named()
    {
        _files.With(Status, "Package: a\nStatus: install ok installed\n\n");

        var software = await ReadAsync();

        Assert.Contains(software.Unseen, one => one.Why.StartsWith("1 entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_cut_and_the_rest_is_read()
    {
        _files.With(Status, $"Package: a\nStatus: install ok installed\nDepends: {new string('x', 200_000)}\nVersion: 1\n\n" + Entry("b", "2"));

        var software = await ReadAsync();

        Assert.Equal(["1", "2"], software.Packages.Select(package => package.Version));
    }

    [Fact]
    public async Task Three_thousand_packages_take_little_memory()
    {
        var text = new StringBuilder();
        _files.WithFolder("var/lib/dpkg/info");
        for (var i = 0; i < 3000; i++)
        {
            text.Append(Entry($"package-{i:D4}", "1.2.3-4"));
            File.WriteAllBytes(_files.At($"var/lib/dpkg/info/package-{i:D4}.list"), []);
        }
        _files.With(Status, text.ToString());
        await ReadAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var software = await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(3000, software.Single().Software.Packages.Count(package => package.InstalledAt is not null));
        Assert.InRange(allocated, 1, 1_200_000);
    }

    private static string Entry(string name, string version, string architecture = "amd64", string status = "install ok installed") =>
        $"Package: {name}\nStatus: {status}\nPriority: optional\nArchitecture: {architecture}\nVersion: {version}\nDescription: text\n more of it\n .\n and more\n\n";

    private async Task<Software> ReadAsync() =>
        (await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;
}
