using Google.Protobuf.WellKnownTypes;
using Sandbox.Faults;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>How long a fault stays, and that an undo record brings a machine back whenever its helper ended.</summary>
public sealed class FaultLifetimes : SeedTest
{
    private const string Group = "etc/group";
    private const string Seeded = "root:x:0:\nsudo:x:27:elif,games\ngames:x:60:\n";
    private const string Before = "root:x:0:\nsudo:x:27:elif\ngames:x:60:\n";

    [Fact]
    public async Task The_same_order_again_changes_nothing_not_even_after_it_was_settled()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);
        Assert.Equal("", (await book.ApplyAsync(FaultName.RightsExcess, Until)).Refused);
        await book.UndoAsync();

        var again = await book.ApplyAsync(FaultName.RightsExcess, Until);

        Assert.Equal(("", FaultState.Undone), (again.Refused, again.Records.Single().State));
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task Another_order_for_the_same_fault_waits_until_the_first_is_over()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);

        Assert.Contains("applied already", (await book.ApplyAsync(FaultName.RightsExcess, Until, id: 2)).Refused, StringComparison.Ordinal);
        await book.UndoAsync();
        Assert.Equal("", (await book.ApplyAsync(FaultName.RightsExcess, Until, id: 2)).Refused);
    }

    [Fact]
    public async Task It_ends_with_its_window()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddMinutes(10));

        Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await book.LookAsync(Ct);
        Assert.Equal(Seeded, Machine.Read(Group));
        Time.Advance(TimeSpan.FromSeconds(1));
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.WindowOver), await book.StandsAsync());
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task It_ends_when_the_lease_is_not_renewed_for_half_an_hour_and_not_before()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(29));
            await book.KeepAsync();
            await book.LookAsync(Ct);
        }

        Assert.Equal(Seeded, Machine.Read(Group));
        Time.Advance(Lease.Length);
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.ServerAway), await book.StandsAsync());
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task Looking_by_itself_does_all_that_without_being_asked()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddMinutes(1));
        using var stop = new CancellationTokenSource();
        var watching = book.WatchAsync(stop.Token);

        for (var i = 0; i < 200 && Machine.Read(Group) != Before; i++)
        {
            Time.Advance(FaultBook.Every);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        await stop.CancelAsync();
        await watching;
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task A_helper_that_starts_again_undoes_what_the_one_before_left()
    {
        using (var book = await Machine.StartAsync(Time)) await book.ApplyAsync(FaultName.RightsExcess, Until);

        using var next = await Machine.StartAsync(Time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task What_was_repaired_while_no_helper_ran_is_left_alone()
    {
        using (var book = await Machine.StartAsync(Time)) await book.ApplyAsync(FaultName.RightsExcess, Until);
        Machine.Write(Group, Before);

        using var next = await Machine.StartAsync(Time);

        Assert.Equal((FaultState.Repaired, FaultUndoCause.Unspecified), await next.StandsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_broken_off_between_its_record_and_its_change_is_undone_and_nobodys_repair(bool changed)
    {
        UndoRecords.In(Machine.State).Write(new FaultRecord
        {
            Id = Asking.Id(1), Fault = FaultName.RightsExcess, State = FaultState.Prepared, Place = "sudo", Seeded = "games", Until = Timestamp.FromDateTimeOffset(Until),
        });
        if (changed) Machine.Write(Group, Seeded);

        using var next = await Machine.StartAsync(Time);

        Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await next.StandsAsync());
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task The_record_is_on_disk_when_the_change_is_made()
    {
        Machine.Script("gpasswd", "ls \"$SANDBOX_ROOT/../state\" >\"$SANDBOX_ROOT/seen\"\nexec /usr/bin/gpasswd -Q \"$SANDBOX_ROOT\" \"$@\"");
        using var book = await Machine.StartAsync(Time);

        await book.ApplyAsync(FaultName.RightsExcess, Until);

        Assert.Equal("01010101010101010101010101010101.undo\n", Machine.Read("seen"));
    }

    [Fact]
    public async Task What_cannot_be_undone_stays_on_record_and_is_tried_again()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddMinutes(1));
        Machine.Script("gpasswd", "exit 1");
        Time.Advance(TimeSpan.FromMinutes(1));

        await book.LookAsync(Ct);
        Assert.Equal(FaultState.Applied, (await book.StandsAsync()).State);
        Machine.Script("gpasswd", "exec /usr/bin/gpasswd -Q \"$SANDBOX_ROOT\" \"$@\"");
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.WindowOver), await book.StandsAsync());
        Assert.Equal(Before, Machine.Read(Group));
    }

    [Fact]
    public async Task One_with_which_everything_goes_wrong_does_not_keep_the_others()
    {
        UndoRecords.In(Machine.State).Write(new FaultRecord { Id = Asking.Id(0), Fault = (FaultName)99, State = FaultState.Applied, Place = "?", Seeded = "?", Until = Timestamp.FromDateTimeOffset(Until) });
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddMinutes(1));
        Time.Advance(TimeSpan.FromMinutes(1));

        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Undone, FaultUndoCause.WindowOver), await book.StandsAsync());
        Assert.Equal(FaultState.Applied, (await book.StandsAsync(0)).State);
    }

    [Fact]
    public async Task A_record_goes_thirty_days_after_it_was_settled()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.RightsExcess, Until);
        await book.UndoAsync();

        Time.Advance(TimeSpan.FromDays(30));
        await book.LookAsync(Ct);
        Assert.Single(Directory.GetFiles(Machine.State));
        Time.Advance(TimeSpan.FromMinutes(1));
        await book.LookAsync(Ct);

        Assert.Empty(Directory.GetFiles(Machine.State));
    }

    [Fact]
    public void A_damaged_record_stops_the_helper_and_is_named()
    {
        Directory.CreateDirectory(Machine.State);
        File.WriteAllBytes(Path.Combine(Machine.State, "01.undo"), [255, 255, 255]);

        Assert.Contains("01.undo is damaged", Assert.Throws<SetupException>(() => UndoRecords.In(Machine.State).Read()).Message, StringComparison.Ordinal);
    }
}
