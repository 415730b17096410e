using System.Globalization;

namespace Sandbox.EndToEnd.Machines;

/// <summary>What the installed agent costs a machine on which nothing happens.</summary>
public sealed class AtRest(InstalledMachine installed) : MachineTest(installed)
{
    // 30 are wanted, and what tests/run bench footprint measures; another kernel or library makes a difference of some.
    private const int MostKibibytes = 36 * 1024;

    // It gives back what its start needed after 15 s, and what a heartbeat needed within 5 s.
    private const string Samples = """
        pid=$(systemctl show -p MainPID --value sandbox-agent); sleep 30; ls /proc/$pid/fd | wc -l
        for i in $(seq 61); do sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' /proc/$pid/status; sleep 1; done; ls /proc/$pid/fd | wc -l
        """;

    // Two minutes of looking on, by night; tests/run bench footprint measures the same.
    [Fact(Explicit = true)]
    public async Task It_holds_little_memory_and_no_more_files_than_before()
    {
        var said = (await RootAsync(Samples)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();

        var sizes = said[1..^1].Order().ToList();
        Assert.Equal(61, sizes.Count);
        Assert.InRange(sizes[30], 1, MostKibibytes);
        Assert.InRange(said[^1], 1, said[0] + 1);
    }
}
