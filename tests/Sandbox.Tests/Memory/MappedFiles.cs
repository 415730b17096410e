using Sandbox.Agent.Memory;

namespace Sandbox.Tests.Memory;

/// <summary>Which parts of a process can be had again from their files.</summary>
public sealed class MappedFiles
{
    // Of a native agent, shortened to the lines that count and one that does not.
    private const string Recorded = """
        55b384000000-55b38412f000 r--p 00000000 fe:00 1234                       /usr/bin/sandbox-agent
        Size:               1212 kB
        Rss:                 140 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        VmFlags: rd mr mw me sd
        55b384152000-55b3849de000 r-xp 00b00000 fe:00 1234                       /usr/bin/a program with a name
        Rss:                8724 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        55b384f0e000-55b38524e000 r--p 0112f000 fe:00 1234                       /usr/bin/sandbox-agent
        Rss:                3256 kB
        Anonymous:            12 kB
        Swap:                  0 kB
        55b38524e000-55b385292000 rw-p 0146f000 fe:00 1234                       /usr/bin/sandbox-agent
        Rss:                 272 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        55b385292000-55b38581c000 rw-p 00000000 00:00 0 
        Rss:                5564 kB
        Anonymous:          5564 kB
        Swap:                  0 kB
        55b3a6033000-55b3a60b7000 r--p 00000000 00:00 0                          [heap]
        Rss:                 428 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        7f96e4000000-7f96e4001000 r--s 00000000 fe:00 77                         /var/cache/shared
        Rss:                   4 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        7f96e4ac5000-7f96e4d42000 r-xp 000c5000 fe:00 9                          /usr/lib/libcrypto.so.3
        Rss:                   0 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
        Rss:                   0 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        7f96e5000000-7f96e5032000 r--p 000c5000 fe:00 10                         /usr/lib/libssl.so.3
        Rss:                  60 kB
        Anonymous:             0 kB
        Swap:                 12 kB
        7f96e6000000-7f96e6032000 r--p 000c5000 fe:00 11                         /usr/lib/of-a-kernel-that-says-nothing-of-swap.so
        Rss:                  60 kB
        Anonymous:             0 kB
        """;

    [Fact]
    public void Private_parts_that_nobody_wrote_to_can_be_read_again() => Assert.Equal(
        [new MappedFile(0x55b384000000, 0x12f000, 140), new MappedFile(0x55b384152000, 0x88c000, 8724)], MappedFile.Readable(new StringReader(Recorded)));

    [Theory]
    [InlineData(""), InlineData("Rss: 4 kB\nAnonymous: 0 kB\nSwap: 0 kB\n"), InlineData("-1 r-xp 0 0 1 /a\nRss: 4 kB\nAnonymous: 0 kB\nSwap: 0 kB\n"), InlineData("2-1 r-xp 0 0 1 /a\nRss: 4 kB\nAnonymous: 0 kB\nSwap: 0 kB\n")]
    [InlineData("1-2 r-xp 0 0 1 /a\nRss: x kB\nAnonymous: 0 kB\nSwap: 0 kB\n"), InlineData("1-2 r-xp 0 0 1 /a\nRss: 4 kB\nSwap: 0 kB\n"), InlineData("\n\n:\n1-2\n")]
    public void What_is_not_understood_is_left_alone(string text) => Assert.Empty(MappedFile.Readable(new StringReader(text)));

    [Fact]
    public async Task A_program_that_lets_go_of_its_libraries_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc/self/smaps.");
        var memory = new LinuxMemory();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        var before = Mapped().Sum(one => one.ResidentKibibytes);

        memory.LetGo();

        Assert.True(Mapped().Sum(one => one.ResidentKibibytes) < before);
        Assert.Equal("{\"a\":1}", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, int> { ["a"] = 1 }));
    }

    private static List<MappedFile> Mapped()
    {
        using var smaps = new StreamReader(MappedFile.Source);
        return [.. MappedFile.Readable(smaps)];
    }
}
