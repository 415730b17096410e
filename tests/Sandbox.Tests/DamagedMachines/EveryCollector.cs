using Sandbox.Agent;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>Whatever lies where a collector looks, it says what it could not see, and neither fails, hangs nor grows.</summary>
public sealed class EveryCollector : IDisposable
{
    // Far above what a run takes, far below its budget.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private const long MostAllocated = 300_000_000;
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(Damage.Pipe), InlineData(Damage.OtherKind), InlineData(Damage.Circle), InlineData(Damage.Junk)]
    [InlineData(Damage.Half), InlineData(Damage.EndlessLine), InlineData(Damage.Empty)]
    public async Task Says_what_it_could_not_see_of_damaged_sources(Damage damage)
    {
        Whole();
        foreach (var path in Watched()) damage.DoTo(_files.At(path));

        var runs = await Collected.FromAsync(_files.Root, TestContext.Current.CancellationToken);

        Assert.All(runs, ended => Assert.True(
            ended.Run.State is CollectorHealth.Types.State.Ok or CollectorHealth.Types.State.Partial, $"{ended.Name}: {ended.Run.State}, {ended.Run.Message}"));
        Assert.All(runs, ended => Assert.InRange(ended.Run.Took, TimeSpan.Zero, Bound));
    }

    [Fact]
    public async Task Finds_a_pipe_in_place_of_the_accounts_a_thing_to_name()
    {
        Whole();
        Damage.Pipe.DoTo(_files.At("etc/passwd"));

        var runs = await Collected.FromAsync(_files.Root, TestContext.Current.CancellationToken);

        var accounts = runs.Single(ended => ended.Name == "accounts").Run.Facts[0].Accounts;
        Assert.Contains(accounts.Unseen, unseen => unseen is { What: "/etc/passwd", Why: "a pipe, not a file" });
        Assert.Empty(accounts.Accounts_);
    }

    [Fact]
    public async Task Reads_10000_accounts_into_one_report()
    {
        var numbers = Enumerable.Range(1000, 10_000).ToList();
        _files.With("etc/passwd", string.Concat(numbers.Select(n => $"user{n}:x:{n}:{n}:One of many:/home/user{n}:/bin/bash\n")));
        _files.With("etc/shadow", string.Concat(numbers.Select(n => $"user{n}:$y$j9T$saltsaltsaltsaltsalt$hashhashhashhashhashhashhashhashhashhashhas:20700:0:90:7:::\n")));
        _files.With("etc/group", string.Concat(numbers.Select(n => $"user{n}:x:{n}:\n")));
        var before = GC.GetTotalAllocatedBytes();

        var runs = await Collected.FromAsync(_files.Root, TestContext.Current.CancellationToken);

        var fact = runs.Single(ended => ended.Name == "accounts").Run.Facts[0];
        Assert.Equal(10_000, fact.Accounts.Accounts_.Count(account => account.HasMaxDays));
        Assert.InRange(fact.CalculateSize(), 1, Wire.LargestReport / 2);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostAllocated);
    }

    // What lies in a folder that is damaged itself is gone with it.
    private List<string> Watched()
    {
        var paths = AllCollectors.For(_files.Root).SelectMany(collector => collector.Watches).Select(path => path.TrimStart('/')).ToHashSet();
        return [.. paths.Where(path => !paths.Any(other => path.StartsWith(other + "/", StringComparison.Ordinal)))];
    }

    private void Whole() => _files
        .With("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nelif:x:1000:1000::/home/elif:/bin/bash\n")
        .With("etc/shadow", "root:*:20000:0:99999:7:::\nelif:!:20700:0:90:7:::\n")
        .With("etc/group", "root:x:0:\nelif:x:1000:\n")
        .With("etc/login.defs", "PASS_MAX_DAYS 90\nUID_MIN 1000\n")
        .With("etc/security/pwquality.conf", "minlen = 12\n")
        .With("etc/pam.d/common-password", "password requisite pam_pwquality.so retry=3\npassword sufficient pam_unix.so yescrypt\n")
        .With("var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5.2\nArchitecture: amd64\n\n")
        .With("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
}
