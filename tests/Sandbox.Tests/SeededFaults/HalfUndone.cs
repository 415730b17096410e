using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What the helper has begun to undo is its own work, whenever that ends, and is gone on with by itself.</summary>
public sealed class HalfUndone : IDisposable
{
    private const string Enabled = "etc/systemd/system/multi-user.target.wants/clamav-freshclam.service";
    private const string Runs = "run/freshclam";
    private const string Before = "root:x:0:\nsudo:x:27:elif\ngames:x:60:\n";

    // What systemd does while the machine shuts down: it enables, and starts nothing any more.
    private const string ShuttingDown = """
        case $1 in
            is-enabled) echo disabled; exit 1 ;;
            is-active) echo inactive; exit 3 ;;
            enable) : >"$SANDBOX_ROOT/etc/systemd/system/multi-user.target.wants/clamav-freshclam.service"; exit 4 ;;
        esac
        """;

    private readonly SeedTree _machine = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Until => _time.GetUtcNow().AddDays(1);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_service_that_was_enabled_at_the_shutdown_and_started_by_the_next_start_is_nobodys_repair()
    {
        var systemctl = _machine.Read("usr/bin/systemctl");
        using (var book = await _machine.StartAsync(_time))
        {
            await book.ApplyAsync(FaultName.AntivirusUpdatesStopped, Until);
            _machine.Script("systemctl", ShuttingDown);
            Assert.False(await book.UndoAllAsync(Ct));
        }

        _machine.Script("systemctl", systemctl);
        Assert.True(File.Exists(Path.Combine(_machine.Root, Enabled)));
        _machine.Write(Runs, "");
        using var next = await _machine.StartAsync(_time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
    }

    [Fact]
    public async Task One_that_was_ended_when_it_had_undone_a_fault_and_not_noted_it_yet_makes_it_nobodys_repair()
    {
        // The record as it is at the moment of the change, for a helper that gets no further.
        _machine.Script("gpasswd", "[ \"$1\" = -a ] || cp \"$SANDBOX_ROOT\"/../state/*.undo \"$SANDBOX_ROOT/kept\"\nexec /usr/bin/gpasswd -Q \"$SANDBOX_ROOT\" \"$@\"");
        using (var book = await _machine.StartAsync(_time))
        {
            await book.ApplyAsync(FaultName.RightsExcess, Until);
            await book.UndoAsync();
        }

        File.Move(Path.Combine(_machine.Root, "kept"), Directory.GetFiles(_machine.State).Single(), overwrite: true);
        using var next = await _machine.StartAsync(_time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await next.StandsAsync());
        Assert.Equal(Before, _machine.Read("etc/group"));
    }

    [Fact]
    public async Task One_that_could_not_be_withdrawn_is_tried_again_without_being_asked()
    {
        var gpasswd = _machine.Read("usr/bin/gpasswd");
        using var book = await _machine.StartAsync(_time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);
        _machine.Script("gpasswd", "exit 1");

        Assert.Contains("tried again", (await book.UndoAsync()).Refused, StringComparison.Ordinal);
        _machine.Script("gpasswd", gpasswd);
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await book.StandsAsync());
        Assert.Equal(Before, _machine.Read("etc/group"));
    }

    [Fact]
    public async Task One_that_could_not_be_undone_at_the_start_is_tried_again()
    {
        var gpasswd = _machine.Read("usr/bin/gpasswd");
        using (var book = await _machine.StartAsync(_time)) await book.ApplyAsync(FaultName.RightsExcess, Until);
        _machine.Script("gpasswd", "exit 1");
        using var next = await _machine.StartAsync(_time);
        Assert.Equal(FaultState.Applied, (await next.StandsAsync()).State);

        _machine.Script("gpasswd", gpasswd);
        await next.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
        Assert.Equal(Before, _machine.Read("etc/group"));
    }
}
