using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>A port opened with the real nft(8), in a network namespace of its own.</summary>
public sealed class OpenedInNftables : IDisposable
{
    private readonly SeedTree _machine = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
    private readonly Process? _space;

    public OpenedInNftables()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/nft")) return;
        _space = Process.Start(new ProcessStartInfo("unshare", ["-n", "sleep", "600"]))!;
        _machine.Script("nft", $"exec nsenter --net=/proc/{_space.Id}/ns/net /usr/sbin/nft \"$@\"");
    }

    private DateTimeOffset Until => _time.GetUtcNow().AddDays(1);

    public void Dispose()
    {
        _space?.Kill(entireProcessTree: true);
        _space?.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task A_rule_is_put_in_and_taken_out_and_others_stay()
    {
        if (_space is null) Assert.Skip("This takes root and nft.");
        await ChainAsync("drop");
        var before = await NftAsync("list", "ruleset");
        using var book = await _machine.StartAsync(_time);

        Assert.Equal("", (await book.ApplyAsync(FaultName.FirewallPortOpened, Until)).Refused);
        Assert.Contains("tcp dport 40257 accept comment \"01010101\"", await NftAsync("list", "ruleset"), StringComparison.Ordinal);

        await book.UndoAsync();
        Assert.Equal(before, await NftAsync("list", "ruleset"));
    }

    [Fact]
    public async Task A_rule_that_somebody_deleted_is_repaired_and_one_that_a_restart_ended_is_nobodys_repair()
    {
        if (_space is null) Assert.Skip("This takes root and nft.");
        await ChainAsync("drop");
        using (var book = await _machine.StartAsync(_time))
        {
            await book.ApplyAsync(FaultName.FirewallPortOpened, Until);
            await NftAsync("flush", "chain", "inet", "filter", "input");
            await book.LookAsync(TestContext.Current.CancellationToken);
            Assert.Equal(FaultState.Repaired, (await book.StandsAsync()).State);
            await book.ApplyAsync(FaultName.FirewallPortOpened, Until, id: 2);
        }

        _machine.Write("proc/sys/kernel/random/boot_id", "22222222-2222-2222-2222-222222222222\n");
        await NftAsync("flush", "ruleset");
        using var next = await _machine.StartAsync(_time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync(id: 2));
    }

    [Fact]
    public async Task A_rule_whose_chain_is_gone_is_gone_with_it()
    {
        if (_space is null) Assert.Skip("This takes root and nft.");
        await ChainAsync("drop");
        using var book = await _machine.StartAsync(_time);
        await book.ApplyAsync(FaultName.FirewallPortOpened, Until);

        await NftAsync("flush", "ruleset");

        Assert.True(await book.UndoAllAsync(TestContext.Current.CancellationToken));
        Assert.Equal(FaultState.Repaired, (await book.StandsAsync()).State);
    }

    [Fact]
    public async Task A_chain_that_lets_everything_in_is_no_firewall()
    {
        if (_space is null) Assert.Skip("This takes root and nft.");
        await ChainAsync("accept");
        using var book = await _machine.StartAsync(_time);

        Assert.Contains("no firewall is active", (await book.ApplyAsync(FaultName.FirewallPortOpened, Until)).Refused, StringComparison.Ordinal);
    }

    private async Task ChainAsync(string policy)
    {
        // Until it is in its own: the rules of this machine are not the test's.
        while (new FileInfo($"/proc/{_space!.Id}/ns/net").LinkTarget == new FileInfo("/proc/self/ns/net").LinkTarget) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await NftAsync("add", "table", "inet", "filter");
        await NftAsync("add", "chain", "inet", "filter", "input", $"{{ type filter hook input priority 0; policy {policy}; }}");
    }

    private async Task<string> NftAsync(params string[] arguments) => await new Sandbox.Faults.Programs(_machine.Tree).RunAsync("nft", arguments, TestContext.Current.CancellationToken);
}
