using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>What was noted is looked at again after an hour, a day and a restart; what is taken back within a week is revoked though it had held.</summary>
public sealed class SeenAgain
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Watched _device = new Watched().Says(Of(Person("elif", 1000))).Restarts("first").After(Minute);

    private DateTimeOffset Now => _device.Now;

    [Fact]
    public void An_hour_and_a_day_later_are_noted_when_a_report_says_so()
    {
        Added().After(Hour - Minute).SaysTheSame();
        Assert.Equal(SecondLooks.None, _device.Only.Looks);

        var hour = _device.After(Minute).SaysTheSame().Only;
        var day = _device.After(Day).SaysTheSame().Only;

        Assert.Equal((EvidenceState.Watched, Enrolled + Minute + Hour, (DateTimeOffset?)null), (hour.State, hour.Looks.AfterHour!.Value, hour.Looks.AfterDay));
        Assert.Equal((EvidenceState.Held, hour.Looks.AfterHour, Now), (day.State, day.Looks.AfterHour, day.Looks.AfterDay!.Value));
        Assert.Equal("after a restart", day.Looks.Missing);
    }

    [Fact]
    public void What_lay_in_the_spool_for_a_day_was_not_seen_a_day_later()
    {
        Added().After(Day).SaysLate(Day - Minute, Of(Person("elif", 1000), Person("ben", 1001), Person("cleo", 1002)));

        Assert.Equal((EvidenceState.Watched, SecondLooks.None), _device.Evidence.Values.Single(item => item.Target.StartsWith("ben", StringComparison.Ordinal)) is var item ? (item.State, item.Looks) : default);
    }

    [Fact]
    public void A_restart_counts_when_it_is_read_anew_after_it()
    {
        Added().After(Hour).Restarts("second");
        Assert.Null(_device.Only.Looks.AfterRestart);

        Assert.Equal(Now + Minute, _device.After(Minute).SaysTheSame().Only.Looks.AfterRestart);
    }

    [Fact]
    public void The_same_boot_with_a_clock_that_was_set_is_no_restart() => Assert.Null(Added().After(Hour).Restarts("first").After(Minute).SaysTheSame().Only.Looks.AfterRestart);

    [Fact]
    public void A_restart_before_the_change_is_none_after_it()
    {
        // The report of the restart comes after that of the change: it lay in the spool.
        Added().SaysLate(Minute * 2, new Sandbox.Protocol.OperatingSystem { BootId = "second", BootedAt = Timestamp.FromDateTimeOffset(Now - (Minute * 2)) });
        _device.Ahead = TimeSpan.Zero;

        Assert.Null(_device.After(Minute).SaysTheSame().Only.Looks.AfterRestart);
    }

    [Fact]
    public void Of_a_boot_that_was_not_known_nothing_can_be_told()
    {
        var device = new Watched().Says(Of(Person("elif", 1000))).After(Minute).Says(Of(Person("elif", 1000), Person("ben", 1001))).After(Minute).Restarts("first").After(Minute).SaysTheSame();

        Assert.Equal(((string?)null, (DateTimeOffset?)null), (device.Only.Boot, device.Only.Looks.AfterRestart));
        // From the next look on it can.
        Assert.NotNull(device.After(Hour).SaysTheSame().After(Minute).Restarts("second").After(Minute).SaysTheSame().Only.Looks.AfterRestart);
    }

    [Fact]
    public void A_restart_after_a_month_is_not_waited_for() => Assert.Null(Added().After(Day * 30).Restarts("second").After(Minute).SaysTheSame().Only.Looks.AfterRestart);

    [Fact]
    public void What_held_and_is_taken_back_within_the_week_is_revoked_and_says_that_it_had_held()
    {
        Added().After(Day).SaysTheSame();
        Assert.Equal(EvidenceState.Held, _device.Only.State);

        var item = _device.After(Day * 3).Says(Of(Person("elif", 1000))).Only;

        Assert.Equal(EvidenceState.Undone, item.State);
        Assert.Equal("it had held until 2026-11-24 12:01 UTC, and then: the account was removed, renamed or given another number", item.Reason);
    }

    [Fact]
    public void After_the_week_it_has_had_its_use() => Assert.Equal(EvidenceState.Held, Added().After(Day).SaysTheSame().After(Day * 7).Says(Of(Person("elif", 1000))).Only.State);

    [Fact]
    public void What_time_alone_wears_off_is_not_taken_back_by_time()
    {
        var policy = PolicyReader.Read("""
            schema: 1
            id: av
            version: 1
            title: Antivirus
            rules:
              - { id: av.signature_age_hours, expect: { op: "<=", value: 72 } }
            """).Policy!;
        var device = new Watched { Policy = policy }.Knows(Doing.Works(Doing.Anna, "anna")).Says(Scanner(100)).After(Minute);
        device.Tells(Doing.Act(device.Now, "anna", Action.Run).With(act => act.Program = "/usr/bin/freshclam")).Says(Scanner(0)).After(Day).SaysTheSame();
        Assert.Equal(EvidenceState.Held, device.Only.State);

        Assert.Equal(EvidenceState.Held, device.After(Day * 3).SaysTheSame().Only.State);
    }

    [Fact]
    public void A_policy_that_asks_for_more_takes_nothing_back()
    {
        var device = new Watched().Says(Length(8)).After(Minute).Says(Length(12)).After(Day).SaysTheSame();
        device.Policy = PolicyReader.Read("""
            schema: 1
            id: longer
            version: 1
            title: Longer
            rules:
              - { id: password.min_length, expect: { op: ">=", value: 15 } }
            """).Policy!;

        Assert.Equal(EvidenceState.Held, device.After(Minute).SaysTheSame().Only.State);
        Assert.Equal(EvidenceState.Undone, device.After(Minute).Says(Length(8)).Only.State);
    }

    private Watched Added() => _device.Knows(Doing.Works(Doing.Anna, "anna")).Tells(Doing.Act(Now, "anna", Action.AddAccount, "ben")).Says(Of(Person("elif", 1000), Person("ben", 1001)));

    private static Antivirus Scanner(int hours) => new() { Products = { new AntivirusProduct { Name = "ClamAV", Running = true, DefinitionsBuiltAt = Timestamp.FromDateTimeOffset(Enrolled - TimeSpan.FromHours(hours)) } } };

    private static PasswordPolicy Length(uint least) => new() { QualityEnforced = true, EffectiveMinLength = least };
}
