using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

/// <summary>Which repository a deb package is from, by the lists that apt fetched.</summary>
public sealed class AptOriginRows : IDisposable
{
    private const string Sources = "deb http://deb.debian.org/debian bookworm main contrib\n";
    private const string Debian = "var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_main_binary-amd64_Packages";
    private const string Label = "http://deb.debian.org/debian bookworm/main";
    private readonly MachineFiles _files = new();

    public AptOriginRows() => _files.WithFolder("var/lib/dpkg/info").With("etc/apt/sources.list", Sources).Installed(("bash", "5.2-1", "amd64"), ("tzdata", "2026a", "all"));

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_package_is_from_the_repository_whose_list_has_its_version()
    {
        _files.With(Debian, Entry("apt", "2.6") + Entry("bash", "5.2-1") + Entry("tzdata", "2026a", "all"));

        Assert.Equal([$"bash {Label}", $"tzdata {Label}"], await FromAsync());
    }

    [Fact]
    public async Task The_last_entry_needs_no_empty_line_and_fields_come_in_any_order()
    {
        _files.With(Debian, "Version: 9\nPackage: bash\nDescription: a\n Version: 8\nArchitecture: amd64\nVersion: 5.2-1");

        Assert.Contains($"bash {Label}", await FromAsync());
    }

    [Fact]
    public async Task A_list_that_has_other_versions_says_so()
    {
        _files.With(Debian, Entry("bash", "5.2-2"));

        Assert.Equal([$"bash {Label} (other version)", "tzdata ?"], await FromAsync());
    }

    [Fact]
    public async Task Another_architecture_is_another_version()
    {
        _files.With(Debian, Entry("bash", "5.2-1", "i386"));

        Assert.Contains($"bash {Label} (other version)", await FromAsync());
    }

    [Fact]
    public async Task The_list_with_the_version_counts_before_one_with_the_name()
    {
        _files.With("etc/apt/sources.list.d/security.list", "deb http://security.debian.org/debian-security bookworm-security main\n").With(Debian, Entry("bash", "5.1"))
            .With("var/lib/apt/lists/security.debian.org_debian-security_dists_bookworm-security_main_binary-amd64_Packages", Entry("bash", "5.2-1"));

        Assert.Contains("bash http://security.debian.org/debian-security bookworm-security/main", await FromAsync());
    }

    [Theory]
    [InlineData("deb [arch=amd64] https://u:p@h.example:8080/a_b/~c d/e f", "h.example:8080_a%5fb_%7ec_dists_d_e_f_binary-amd64_Packages", "https://h.example:8080/a_b/~c d/e/f")]
    [InlineData("deb https://download.example ./", "download.example_._Packages", "https://download.example ./"), InlineData("deb https://download.example/x/ /", "download.example_x_Packages", "https://download.example/x /")]
    [InlineData("deb file:/srv/repo stable main", "_srv_repo_dists_stable_main_binary-amd64_Packages", "file:/srv/repo stable/main"), InlineData("deb file:///srv/repo stable main", "_srv_repo_dists_stable_main_binary-amd64_Packages", "file:///srv/repo stable/main")]
    public async Task The_list_lies_where_apt_puts_it(string source, string file, string words)
    {
        _files.With("etc/apt/sources.list", source + "\n").With($"var/lib/apt/lists/{file}", Entry("bash", "5.2-1"));

        Assert.Contains($"bash {words}", await FromAsync());
    }

    [Theory, InlineData("# deb http://deb.debian.org/debian bookworm main"), InlineData("deb-src http://deb.debian.org/debian bookworm main"), InlineData("deb http://deb.debian.org/debian bookworm contrib")]
    public async Task A_list_of_no_repository_that_is_used_is_not_read(string source)
    {
        _files.With("etc/apt/sources.list", source + "\n").With(Debian, Entry("bash", "5.2-1"));

        Assert.Contains("bash ?", await FromAsync());
    }

    [Fact]
    public async Task Each_architecture_has_its_own_list()
    {
        _files.Installed(("bash", "5.2-1", "amd64"), ("libc6", "2.36", "amd64"), ("libc6", "2.36", "i386"));
        _files.With(Debian, Entry("libc6", "2.36")).With(Debian.Replace("amd64", "i386", StringComparison.Ordinal), Entry("libc6", "2.36", "i386"));

        Assert.Equal(["bash ?", $"libc6 {Label}", $"libc6 {Label}"], await FromAsync());
    }

    [Fact]
    public async Task A_changed_list_is_read_again_and_so_are_changed_packages()
    {
        var software = new LinuxSoftware(_files.Root);
        _files.With(Debian, Entry("bash", "5.2-1"));
        Assert.Equal([$"bash {Label}", "tzdata ?"], await FromAsync(software));

        _files.With(Debian, Entry("bash", "5.2-3") + Entry("tzdata", "2026a", "all"));
        Assert.Equal([$"bash {Label} (other version)", $"tzdata {Label}"], await FromAsync(software));

        _files.Installed(("bash", "5.2-3", "amd64"));
        Assert.Equal([$"bash {Label}"], await FromAsync(software));
        Assert.Equal([$"bash {Label}"], await FromAsync(software));
    }

    [Theory, InlineData(".lz4", "compressed", "GzipIndexes"), InlineData("-not", "fetched no list", "apt-get update")]
    public async Task Where_there_is_no_list_it_is_told_why_and_what_to_type(string ending, string why, string remedy)
    {
        _files.With(Debian + ending, "x");

        var unseen = Assert.Single((await ReadAsync(new LinuxSoftware(_files.Root))).Unseen);

        Assert.Equal("/var/lib/apt/lists", unseen.What);
        Assert.Contains(why, unseen.Why, StringComparison.Ordinal);
        Assert.Contains(remedy, unseen.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_told_and_the_others_count()
    {
        _files.WithFolder(Debian).With(Debian.Replace("main", "contrib", StringComparison.Ordinal), Entry("bash", "5.2-1"));

        var software = await ReadAsync(new LinuxSoftware(_files.Root));

        Assert.Equal("/" + Debian, Assert.Single(software.Unseen).What);
        Assert.Equal("http://deb.debian.org/debian bookworm/contrib", software.Packages[0].Repository);
    }

    [Fact]
    public async Task Another_package_in_the_place_of_one_is_not_taken_for_it()
    {
        var software = new LinuxSoftware(_files.Root);
        _files.With(Debian, Entry("bash", "5.2-1"));
        Assert.Equal([$"bash {Label}", "tzdata ?"], await FromAsync(software));

        // As many as before, and the list of what is installed is of the same length and time.
        _files.Installed(("aaaa", "2026a", "all"), ("bash", "5.2-1", "amd64"));
        Assert.Equal(["aaaa ?", $"bash {Label}"], await FromAsync(software));
    }

    [Fact]
    public async Task What_could_not_be_read_is_told_again_and_tried_again()
    {
        var software = new LinuxSoftware(_files.Root);
        _files.WithFolder(Debian);
        for (var i = 0; i < 2; i++) Assert.Equal("/" + Debian, Assert.Single((await ReadAsync(software)).Unseen).What);

        Directory.Delete(_files.At(Debian));
        _files.With(Debian, Entry("bash", "5.2-1"));
        Assert.Equal([$"bash {Label}", "tzdata ?"], await FromAsync(software));
    }

    [Fact]
    public async Task Another_address_of_the_same_list_is_said_at_once()
    {
        var software = new LinuxSoftware(_files.Root);
        _files.With(Debian, Entry("bash", "5.2-1"));
        await FromAsync(software);

        _files.With("etc/apt/sources.list", Sources.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Contains("bash https://deb.debian.org/debian bookworm/main", await FromAsync(software));
    }

    [Fact]
    public async Task Packages_of_no_architecture_may_have_a_list_of_their_own()
    {
        _files.With(Debian, Entry("bash", "5.2-1")).With(Debian.Replace("amd64", "all", StringComparison.Ordinal), Entry("tzdata", "2026a", "all"));

        Assert.Equal([$"bash {Label}", $"tzdata {Label}"], await FromAsync());
    }

    [Fact]
    public async Task A_machine_without_repositories_misses_none()
    {
        _files.With("etc/apt/sources.list", "");

        Assert.Empty((await ReadAsync(new LinuxSoftware(_files.Root))).Unseen);
    }

    private static string Entry(string name, string version, string architecture = "amd64") => $"Package: {name}\nVersion: {version}\nInstalled-Size: 9\nArchitecture: {architecture}\nDescription: words\n\n";

    private Task<IReadOnlyList<string>> FromAsync() => FromAsync(new LinuxSoftware(_files.Root));

    private static async Task<IReadOnlyList<string>> FromAsync(LinuxSoftware software) =>
        [.. (await ReadAsync(software)).Packages.Select(one => $"{one.Name} {(one.HasRepository ? one.Repository : one.HasOtherVersionsIn ? $"{one.OtherVersionsIn} (other version)" : "?")}")];

    private static async Task<Software> ReadAsync(LinuxSoftware software) => (await software.CollectAsync(TestContext.Current.CancellationToken)).Single().Software;
}
