using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What the helper has begun to undo is its own work, whenever that ends, and is gone on with by itself.</summary>
public sealed class HalfUndone : SeedTest
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

    [Fact]
    public async Task A_service_that_was_enabled_at_the_shutdown_and_started_by_the_next_start_is_nobodys_repair()
    {
        var systemctl = Machine.Read("usr/bin/systemctl");
        using (var book = await Machine.StartAsync(Time))
        {
            await book.ApplyAsync(FaultName.AntivirusUpdatesStopped, Until);
            Machine.Script("systemctl", ShuttingDown);
            Assert.False(await book.UndoAllAsync(Ct));
        }

        Machine.Script("systemctl", systemctl);
        Assert.True(File.Exists(Path.Combine(Machine.Root, Enabled)));
        Machine.Write(Runs, "");
        using var next = await Machine.StartAsync(Time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
    }

    [Fact]
    public async Task One_that_was_ended_when_it_had_undone_a_fault_and_not_noted_it_yet_makes_it_nobodys_repair()
    {
        // The record as it is at the moment of the change, for a helper that gets no further.
        Machine.Script("gpasswd", "[ \"$1\" = -a ] || cp \"$SANDBOX_ROOT\"/../state/*.undo \"$SANDBOX_ROOT/kept\"\nexec /usr/bin/gpasswd -Q \"$SANDBOX_ROOT\" \"$@\"");
        using (var book = await Machine.StartAsync(Time))
        {
            await book.ApplyAsync(FaultName.RightsExcess, Until);
            await book.UndoAsync();
        }

        File.Move(Path.Combine(Machine.Root, "kept"), Directory.GetFiles(Machine.State).Single(), overwrite: true);
        using var next = await Machine.StartAsync(Time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await next.StandsAsync());
        Assert.Equal(Before, Machine.Read("etc/group"));
    }

    [Fact]
    public async Task One_that_could_not_be_withdrawn_is_tried_again_without_being_asked()
    {
        var gpasswd = Machine.Read("usr/bin/gpasswd");
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);
        Machine.Script("gpasswd", "exit 1");

        Assert.Contains("tried again", (await book.UndoAsync()).Refused, StringComparison.Ordinal);
        Machine.Script("gpasswd", gpasswd);
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await book.StandsAsync());
        Assert.Equal(Before, Machine.Read("etc/group"));
    }

    [Fact]
    public async Task One_that_could_not_be_undone_at_the_start_is_tried_again()
    {
        var gpasswd = Machine.Read("usr/bin/gpasswd");
        using (var book = await Machine.StartAsync(Time)) await book.ApplyAsync(FaultName.RightsExcess, Until);
        Machine.Script("gpasswd", "exit 1");
        using var next = await Machine.StartAsync(Time);
        Assert.Equal(FaultState.Applied, (await next.StandsAsync()).State);

        Machine.Script("gpasswd", gpasswd);
        await next.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
        Assert.Equal(Before, Machine.Read("etc/group"));
    }
}
