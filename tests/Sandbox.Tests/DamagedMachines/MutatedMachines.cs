using System.Globalization;
using CsCheck;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>
/// Whatever the bytes of a machine's files are, every collector comes to its end, in time and with a fact. <c>SANDBOX_SEED</c> sets where chance begins,
/// <c>SANDBOX_ROUNDS</c> how many machines are tried.
/// </summary>
public sealed class MutatedMachines
{
    private const uint Fixed = 20_261_126;
    private const int FilesOfARound = 12;
    private const int MostFaults = 20;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public Task A_few_are_read_to_their_end() => ReadAsync(Number("SANDBOX_SEED") ?? Fixed, Number("SANDBOX_ROUNDS") ?? 30);

    [Fact(Explicit = true)]
    public Task Many_are_read_to_their_end() => ReadAsync(Number("SANDBOX_SEED") ?? (uint)Environment.TickCount, Number("SANDBOX_ROUNDS") ?? 20_000);

    private static async Task ReadAsync(uint seed, uint rounds)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"SANDBOX_SEED={seed}");
        using var machine = SampleMachine.Lay(new MachineFiles());
        var sane = Directory.EnumerateFiles(machine.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(path => path, File.ReadAllBytes);
        var paths = sane.Keys.ToList();
        var faults = new List<string>();
        for (var round = 0u; round < rounds; round++)
        {
            // Each round by itself, so that one can be had again without those before it.
            var chance = new PCG(1, seed + round);
            var changed = Enumerable.Range(0, FilesOfARound).Select(_ => paths[(int)chance.Next((uint)paths.Count)]).Distinct().ToList();
            foreach (var path in changed) await File.WriteAllBytesAsync(path, Mutation.Of(sane[path], sane[paths[(int)chance.Next((uint)paths.Count)]], chance), TestContext.Current.CancellationToken);

            faults.AddRange((await FaultsAsync(machine.Root)).Select(fault => $"SANDBOX_SEED={seed + round} SANDBOX_ROUNDS=1: {fault}"));
            Assert.True(faults.Count < MostFaults, string.Join('\n', faults));
            foreach (var path in changed) await File.WriteAllBytesAsync(path, sane[path], TestContext.Current.CancellationToken);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task<IEnumerable<string>> FaultsAsync(string root) =>
        from ended in await Collected.FromAsync(root, TestContext.Current.CancellationToken)
        let run = ended.Run
        where run.State is not (CollectorHealth.Types.State.Ok or CollectorHealth.Types.State.Partial) || run.Took > Bound || run.Facts.Any(fact => fact.CalculateSize() > Wire.LargestReport)
        select $"{ended.Name} {run.State} after {run.Took}: {run.Message}";

    private static uint? Number(string variable) => uint.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : null;
}
