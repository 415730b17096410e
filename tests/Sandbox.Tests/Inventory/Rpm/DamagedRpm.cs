using CsCheck;
using Sandbox.Protocol;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Databases that a disk, or somebody ill-willed, changed: a fact, in time, and words.</summary>
public sealed class DamagedRpm : IDisposable
{
    private const string Ndb = RpmMachine.Folder + "/Packages.db";
    private const string Berkeley = RpmMachine.Folder + "/Packages";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private readonly RpmMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(RpmMachine.Database), InlineData(Ndb), InlineData(Berkeley)]
    public async Task Whatever_bytes_were_changed_the_reading_ends(string path)
    {
        var sane = await SaneAsync(path);
        Gen.Select(Gen.Int[0, sane.Length - 1], Gen.Int[0, 9], Gen.Byte).Array[1, 12].Sample(changes =>
        {
            var bytes = sane.ToArray();
            foreach (var (at, most, value) in changes)
                // The structure stands at the start of pages, and there is the most to break.
                bytes[most < 7 ? at / 512 * 512 + at % 40 : at] = value;
            return Ends(path, bytes);
        }, iter: Fuzz.Times(300), threads: 1);
    }

    [Theory]
    [InlineData(RpmMachine.Database), InlineData(Ndb), InlineData(Berkeley)]
    public async Task However_short_it_became_the_reading_ends(string path)
    {
        var sane = await SaneAsync(path);
        Gen.Int[0, sane.Length - 1].Sample(length => Ends(path, sane[..length]), iter: Fuzz.Times(100), threads: 1);
    }

    [Theory]
    [InlineData(RpmMachine.Database), InlineData(Ndb), InlineData(Berkeley)]
    public async Task Random_bytes_are_named_with_what_to_type(string path)
    {
        await WriteAsync(path, Gen.Byte.Array[5000].Single());

        var software = await _machine.ReadAsync();

        Assert.Empty(software.Packages);
        Assert.Contains(software.Unseen, one => one.What == "/" + path && one.Why.StartsWith("damaged: no ", StringComparison.Ordinal) && one.Remedy.Contains("rpmdb --rebuilddb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tree_that_leads_in_a_circle_is_named()
    {
        var sane = await SaneAsync(RpmMachine.Database);
        // Inner pages of the table lead to their first one.
        for (var page = 4096; page < sane.Length; page += 4096)
            if (sane[page] == 5) sane.AsSpan(page + 8, 4).Clear();
        for (var page = 4096; page < sane.Length; page += 4096)
            if (sane[page] == 5) System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(sane.AsSpan(page + 8), page / 4096 + 1);
        await WriteAsync(RpmMachine.Database, sane);

        var software = await _machine.ReadAsync();

        Assert.Contains(software.Unseen, one => one.Why.Contains("belongs to two places", StringComparison.Ordinal));
        Assert.NotEmpty(software.Packages);
    }

    [Fact]
    public async Task A_damaged_log_is_read_as_far_as_it_is_whole()
    {
        await SaneAsync(RpmMachine.Database);
        await WriteAsync(RpmMachine.Database + "-wal", Gen.Byte.Array[9000].Single());

        Assert.Equal(200, (await _machine.ReadAsync()).Packages.Count);
    }

    [Fact]
    public async Task A_pipe_in_its_place_keeps_nobody_waiting()
    {
        Directory.CreateDirectory(_machine.Files.At(RpmMachine.Folder));
        await RpmMachine.RunAsync("mkfifo", _machine.Files.At(RpmMachine.Database));

        Assert.Contains((await _machine.ReadAsync()).Unseen, one => one.Why.StartsWith("a pipe", StringComparison.Ordinal));
    }

    private bool Ends(string path, byte[] bytes)
    {
        File.WriteAllBytes(_machine.Files.At(path), bytes);
        var (began, before) = (TimeProvider.System.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var software = Read();
        return TimeProvider.System.GetElapsedTime(began) < Bound && GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000 && software.CalculateSize() < 1 << 20;
    }

    private Software Read() => new Sandbox.Agent.Inventory.LinuxSoftware(_machine.Files.Root).CollectAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult().Single().Software;

    private async Task<byte[]> SaneAsync(string path)
    {
        var headers = Enumerable.Range(0, 200).Select(i => HeaderBytes.Of($"package-{i:D4}", padding: i % 20 == 0 ? 20_000 : 700)).ToArray();
        if (path == RpmMachine.Database) Databases.Sqlite(_machine.Files.At(path), headers);
        else if (path == Ndb) await WriteAsync(path, Databases.Ndb(headers));
        else
        {
            Assert.SkipUnless(File.Exists("/usr/bin/db5.3_load"), "db5.3_load is not installed here. Type: sudo apt-get install db5.3-util");
            await Databases.BerkeleyAsync(_machine.Files.At(path), headers);
        }
        return await File.ReadAllBytesAsync(_machine.Files.At(path), TestContext.Current.CancellationToken);
    }

    private async Task WriteAsync(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_machine.Files.At(path))!);
        await File.WriteAllBytesAsync(_machine.Files.At(path), bytes, TestContext.Current.CancellationToken);
    }
}
