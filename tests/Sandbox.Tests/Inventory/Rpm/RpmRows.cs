using Sandbox.Protocol;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>What becomes of a header, in each format of the database.</summary>
public sealed class RpmRows : IDisposable
{
    private const string Ndb = "usr/lib/sysimage/rpm/Packages.db";
    private const string Berkeley = RpmMachine.Folder + "/Packages";
    private readonly RpmMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_package_has_name_version_architecture_distributor_and_time()
    {
        var package = await OneAsync(HeaderBytes.Of((1000, "bash"), (1001, "5.2"), (1002, "3.fc41"), (1003, 2u), (1008, 1_700_000_000u), (1011, "Example Corp"), (1022, "x86_64")));

        Assert.Equal(("bash", "2:5.2-3.fc41", "x86_64", "Example Corp"), (package.Name, package.Version, package.Architecture, package.Origin));
        Assert.Equal((Package.Types.Manager.Rpm, 1_700_000_000), (package.Manager, package.InstalledAt.Seconds));
    }

    [Fact]
    public async Task What_the_header_does_not_say_is_absent()
    {
        var package = await OneAsync(HeaderBytes.Of((1000, "bash"), (1001, "5.2"), (1002, "3")));

        Assert.Equal("5.2-3", package.Version);
        Assert.False(package.HasArchitecture || package.HasOrigin || package.HasAutomatic || package.HasRepository || package.InstalledAt is not null);
    }

    [Fact]
    public async Task What_rpm_added_at_the_installation_counts()
    {
        var package = await OneAsync(HeaderBytes.Of((1000, "a"), (1001, "1"), (1002, "1"), (1008, 1u), (1008, 2u)));

        Assert.Equal(2, package.InstalledAt.Seconds);
    }

    [Fact]
    public async Task Keys_are_no_software()
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [HeaderBytes.Of("gpg-pubkey", "a7cc7079", "5e1b0b1e"), HeaderBytes.Of("bash")]);

        var software = await _machine.ReadAsync();

        Assert.Equal(["bash"], software.Packages.Select(one => one.Name));
        Assert.Empty(software.Unseen);
    }

    [Fact]
    public async Task Versions_of_a_kernel_stand_side_by_side_in_order()
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [HeaderBytes.Of("kernel", "6.2"), HeaderBytes.Of("kernel", "6.1")]);

        Assert.Equal(["6.1-1", "6.2-1"], (await _machine.ReadAsync()).Packages.Select(one => one.Version));
    }

    [Fact]
    public async Task What_is_no_header_is_counted_and_the_others_are_read()
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [[1, 2, 3], HeaderBytes.Of("bash"), HeaderBytes.Of((1000, "nothing"))]);

        var software = await _machine.ReadAsync();

        Assert.Single(software.Packages);
        Assert.Contains(software.Unseen, one => one is { What: "/" + RpmMachine.Database, Why: "2 entries are no headers of packages" } && one.Remedy.Contains("rpmdb --verifydb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SUSEs_format_gives_the_same()
    {
        var headers = Many(300);
        _machine.Files.With(Ndb, "");
        await File.WriteAllBytesAsync(_machine.Files.At(Ndb), Databases.Ndb(headers), TestContext.Current.CancellationToken);

        await SameAsync(headers);
    }

    [Fact]
    public async Task Berkeley_DB_gives_the_same_and_rpm_reads_it_as_we_do()
    {
        RpmMachine.Require();
        Assert.SkipUnless(File.Exists("/usr/bin/db5.3_load"), "db5.3_load is not installed here. Type: sudo apt-get install db5.3-util");
        var headers = Many(300);
        await Databases.BerkeleyAsync(_machine.Files.At(Berkeley), headers);

        await SameAsync(headers);

        // Its lists of names are gone; the packages themselves are asked for by their numbers.
        var said = await _machine.RpmAsync("--define", "_db_backend bdb_ro", "-qa", "--qf", "%{NAME}|%{EVR}|%{ARCH}|%{VENDOR}|%{INSTALLTIME}\n");
        Assert.Equal(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), RpmMachine.Lines(await _machine.ReadAsync()));
    }

    [Fact]
    public async Task Ten_thousand_packages_are_read_in_bounded_time_and_memory()
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), Enumerable.Range(0, 10_000).Select(i => HeaderBytes.Of($"package-{i:D5}", padding: i % 10 == 0 ? 60_000 : 6000)));
        await _machine.ReadAsync();
        var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), TimeProvider.System.GetTimestamp());

        var software = (await new Sandbox.Agent.Inventory.LinuxSoftware(_machine.Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;

        var (allocated, took) = (GC.GetAllocatedBytesForCurrentThread() - before, TimeProvider.System.GetElapsedTime(began));
        TestContext.Current.TestOutputHelper?.WriteLine($"{new FileInfo(_machine.Files.At(RpmMachine.Database)).Length >> 20} MiB, {took.TotalMilliseconds:F0} ms, {allocated >> 10} KiB");
        Assert.Equal(10_000, software.Packages.Count);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(allocated, 1, 8_000_000);
    }

    private static byte[][] Many(int count) => [.. Enumerable.Range(0, count).Select(i => HeaderBytes.Of($"package-{i:D5}", $"1.{i}", padding: i * i))];

    private async Task SameAsync(byte[][] headers)
    {
        var other = await _machine.ReadAsync();
        using var machine = new RpmMachine();
        Databases.Sqlite(machine.Files.At(RpmMachine.Database), headers);

        var sqlite = await machine.ReadAsync();

        Assert.Equal(headers.Length, sqlite.Packages.Count);
        Assert.Equal(sqlite.Packages, other.Packages);
        Assert.Empty(other.Unseen);
    }

    private async Task<Package> OneAsync(byte[] header)
    {
        Databases.Sqlite(_machine.Files.At(RpmMachine.Database), [header]);
        return (await _machine.ReadAsync()).Packages.Single();
    }
}
