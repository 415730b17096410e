using Microsoft.Data.Sqlite;
using Sandbox.Agent.Inventory;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>What we read of rpm's database, held against rpm's own word.</summary>
public sealed class RealRpm : IDisposable
{
    private readonly RpmMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Packages_are_those_that_rpm_lists()
    {
        RpmMachine.Require();
        await _machine.InstallAsync(RpmMachine.Names);

        var software = await _machine.ReadAsync();

        Assert.Equal(await _machine.SaidByRpmAsync(), RpmMachine.Lines(software));
        Assert.Equal(RpmMachine.Names.Length, software.Packages.Count);
        Assert.Empty(software.Unseen);
    }

    [Fact]
    public async Task What_rpm_removes_is_gone()
    {
        RpmMachine.Require();
        await _machine.InstallAsync(RpmMachine.Names);
        await _machine.RpmAsync("-e", "long", "plain");

        var software = await _machine.ReadAsync();

        Assert.Equal(await _machine.SaidByRpmAsync(), RpmMachine.Lines(software));
        Assert.Equal(RpmMachine.Names.Length - 2, software.Packages.Count);
    }

    [Fact]
    public async Task A_database_below_the_folder_of_the_image_is_found()
    {
        RpmMachine.Require();
        await _machine.InstallAsync("epoch");
        Directory.CreateDirectory(_machine.Files.At("usr/lib/sysimage"));
        Directory.Move(_machine.Files.At(RpmMachine.Folder), _machine.Files.At("usr/lib/sysimage/rpm"));
        _machine.Files.WithLink(RpmMachine.Folder, "../../usr/lib/sysimage/rpm");

        Assert.Equal(["epoch 3:2.0~rc1-1.lab"], (await _machine.ReadAsync()).Packages.Select(one => $"{one.Name} {one.Version}"));
    }

    [Fact]
    public async Task What_only_the_write_ahead_log_holds_is_read_and_no_file_is_touched()
    {
        RpmMachine.Require();
        await _machine.InstallAsync("plain");
        // Somebody who is reading keeps rpm from moving its log into the database.
        await using var reader = Open(_machine.Files.At(RpmMachine.Database));
        await using var held = reader.BeginTransaction(deferred: true);
        _ = Scalar(reader, "SELECT count(*) FROM Packages");
        await _machine.InstallAsync("long", "epoch");
        var before = Folder();
        Assert.True(new FileInfo(_machine.Files.At(RpmMachine.Database + "-wal")).Length > 200_000);

        var software = await _machine.ReadAsync();

        Assert.Equal(await _machine.SaidByRpmAsync(), RpmMachine.Lines(software));
        Assert.Equal(3, software.Packages.Count);
        Assert.Equal(before, Folder());
    }

    [Fact]
    public async Task On_Debian_an_empty_database_says_nothing()
    {
        RpmMachine.Require();
        await RpmMachine.RunAsync("rpmdb", "--root", _machine.Files.Root, "--dbpath", "/" + RpmMachine.Folder, "--initdb");
        Assert.True(_machine.Files.At(RpmMachine.Database) is var made && new FileInfo(made).Length > 0);
        _machine.Files.With("var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5.2\nArchitecture: amd64\n\n").WithFolder("var/lib/dpkg/info");

        var software = await _machine.ReadAsync();

        Assert.Equal(["bash"], software.Packages.Select(one => one.Name));
        Assert.Empty(software.Unseen);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_installation_is_noticed_at_once_whether_or_not_the_log_stays(bool stays)
    {
        RpmMachine.Require();
        await _machine.InstallAsync("plain");
        await using var reader = Open(_machine.Files.At(RpmMachine.Database));
        await using var held = reader.BeginTransaction(deferred: true);
        if (stays) _ = Scalar(reader, "SELECT count(*) FROM Packages");
        await using var loop = new RunningLoop(_machine.Files.Root, null, new LinuxSoftware(_machine.Files.Root));
        Assert.Single((await loop.Sink.NextChangeAsync(TestContext.Current.CancellationToken)).Changed.Single().Software.Packages);

        await _machine.InstallAsync("epoch");

        var changed = (await loop.Sink.NextChangeAsync(TestContext.Current.CancellationToken)).Changed.Single().Software;
        Assert.Equal(["epoch", "plain"], changed.Packages.Select(one => one.Name));
    }

    [Fact]
    public async Task While_rpm_installs_and_removes_every_reading_is_whole_or_says_that_it_is_not()
    {
        RpmMachine.Require();
        await _machine.InstallAsync(RpmMachine.Names);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await _machine.RpmAsync("-e", "long", "plain");
                await _machine.InstallAsync("long", "plain");
            }
        }, TestContext.Current.CancellationToken);
        var (readings, odd) = (0, new List<string>());
        while (!writing.IsCompleted)
        {
            var software = await _machine.ReadAsync();
            readings++;
            var isSaid = software.Unseen is [{ Why: "changed while it was read" }];
            if (!isSaid && (software.Unseen.Count > 0 || software.Packages.Count < RpmMachine.Names.Length - 2)) odd.Add($"{software.Packages.Count} {string.Join(' ', software.Unseen)}");
        }
        await writing;

        Assert.Empty(odd);
        var quiet = await _machine.ReadAsync();
        Assert.Equal((0, RpmMachine.Names.Length), (quiet.Unseen.Count, quiet.Packages.Count));
        Assert.True(readings > 5, $"{readings} readings");
    }

    // Bytes are of interest, not times of reading.
    private string Folder() => string.Join('\n', new DirectoryInfo(_machine.Files.At(RpmMachine.Folder)).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}"));

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
