using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>What was fine at first, was broken by a seeded fault and repaired by somebody counts; what the helper undid never does.</summary>
public sealed class SeededFaultsRepaired
{
    private static readonly Guid Id = Guid.NewGuid();

    [Fact]
    public void A_length_that_a_fault_shortened_and_that_was_repaired_counts_and_says_so()
    {
        var device = Shortened(SeededEnd.None).Says(Length(12));

        Assert.Equal(("1.3", "policy.mended", "password.min_length", EvidenceState.Watched, Id), (device.Only.Line, device.Only.Act, device.Only.Target, device.Only.State, device.Only.Seeded!.Value));
        Assert.Contains("seeded for a task", device.Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_only_once_the_helper_found_it_repaired()
    {
        var device = Shortened(SeededEnd.None).Says(Length(12)).After(At.Day).SaysTheSame();
        Assert.Equal(EvidenceState.Watched, device.Only.State);

        Ends(device, SeededEnd.Repaired);

        Assert.Equal(EvidenceState.Held, device.After(At.Minute).SaysTheSame().Only.State);
    }

    [Fact]
    public void What_the_helper_undid_is_nobodys_whichever_is_heard_first()
    {
        var before = Shortened(SeededEnd.Undone).Says(Length(12));
        var after = Shortened(SeededEnd.None).Says(Length(12));
        Ends(after, SeededEnd.Undone);

        Assert.Empty(before.Evidence);
        Assert.Equal(EvidenceState.Undone, after.After(At.Minute).SaysTheSame().Only.State);
    }

    [Fact]
    public void What_passed_before_the_fault_was_applied_is_no_repair_of_it()
    {
        var device = new Watched().Says(Length(12)).After(At.Minute).Says(Length(8)).After(At.Minute);
        device.Seeded.Add(Fault(FaultName.PasswordMinLengthShortened, "/etc/security/pwquality.conf", "minlen = 6", device.Now + At.Minute, SeededEnd.None));

        Assert.Empty(device.Says(Length(12)).Evidence);
    }

    [Fact]
    public void A_fault_of_another_rule_changes_nothing()
    {
        var device = new Watched().Says(Length(12)).After(At.Minute);
        device.Seeded.Add(Fault(FaultName.FirewallPortOpened, "ufw", "40257/tcp", device.Now, SeededEnd.None));

        Assert.Empty(device.Says(Length(8)).After(At.Minute).Says(Length(12)).Evidence);
    }

    [Fact]
    public void The_device_was_somebody_elses_before_and_the_repair_counts_all_the_same()
    {
        var device = Shortened(SeededEnd.None);
        device.Others.Add(new SameMachine(IsOwners: false, IsEarlier: true));

        Assert.DoesNotContain("enrolled before", device.Says(Length(12)).Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excess_right_that_a_fault_gave_and_somebody_took_away_counts_for_4_5()
    {
        var device = Excess(SeededEnd.None);

        device.Tells(At.Does(device.Now, Action.RemoveMember, "account", "games", "sudo")).Says(Rights("anna"));

        Assert.Equal(("4.5", "games in sudo", Doing.Anna, Id), (device.Only.Line, device.Only.Target, device.Only.Person!.Value, device.Only.Seeded!.Value));
        Ends(device, SeededEnd.Repaired);
        Assert.Equal(EvidenceState.Held, device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void An_excess_right_that_the_helper_took_back_counts_for_nobody() => Assert.Empty(Excess(SeededEnd.Undone).Says(Rights("anna")).Evidence);

    [Fact]
    public void A_seeded_task_that_was_seen_again_after_an_hour_a_day_and_a_restart_is_E3()
    {
        var device = Excess(SeededEnd.None);
        device.Tells(At.Does(device.Now, Action.RemoveMember, "account", "games", "sudo")).Says(Rights("anna"));
        Ends(device, SeededEnd.Repaired);
        device.After(At.Day).SaysTheSame();
        Assert.Equal((EvidenceState.Held, Grade.E2), (device.Only.State, device.Only.Grade));

        device.Restarts("second").After(At.Minute).SaysTheSame();

        Assert.Equal(Grade.E3, device.Only.Grade);
        Assert.StartsWith("Anna Beck did it (the account anna, A1); it was a seeded task; it was seen again an hour later, a day later and after a restart", device.Only.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_repaired_once()
    {
        var device = Excess(SeededEnd.None).Says(Rights("anna"));
        Ends(device, SeededEnd.Repaired);

        device.After(At.Minute).Says(Rights("anna", "games")).After(At.Minute).Says(Rights("anna"));

        Assert.DoesNotContain(device.Evidence.Values, item => item.State is EvidenceState.Watched or EvidenceState.Held);
    }

    [Fact]
    public void What_is_done_after_it_was_settled_is_no_repair_of_it()
    {
        var device = Excess(SeededEnd.Repaired);
        device.Seeded[0] = device.Seeded[0] with { SettledAt = device.Now };

        Assert.Empty(device.After(At.Minute * 5).Says(Rights("anna")).Evidence);
    }

    [Fact]
    public void What_was_mended_before_is_not_taken_back_by_a_fault_and_its_undoing_earns_nothing()
    {
        var device = new Watched().Says(Length(8)).After(At.Minute).Says(Length(14)).After(At.Day).SaysTheSame();
        Assert.Equal(EvidenceState.Held, device.Only.State);
        device.Seeded.Add(Fault(FaultName.PasswordMinLengthShortened, "/etc/security/pwquality.conf", "minlen = 6", device.Now, SeededEnd.None));

        device.After(At.Minute).Says(Length(6)).After(At.Minute);
        Assert.Equal(EvidenceState.Held, device.Only.State);
        device.Seeded[0] = device.Seeded[0] with { End = SeededEnd.Undone, SettledAt = device.Now };
        device.Says(Length(14)).After(At.Day).SaysTheSame();

        Assert.Equal((EvidenceState.Held, (Guid?)null), (device.Only.State, device.Only.Seeded));
    }

    [Fact]
    public void What_repaired_a_fault_is_not_taken_back_by_the_next_one()
    {
        var device = Shortened(SeededEnd.None).Says(Length(12));
        device.Seeded[0] = device.Seeded[0] with { End = SeededEnd.Repaired, SettledAt = device.Now };
        device.After(At.Minute * 5);
        device.Seeded.Add(Fault(FaultName.PasswordMinLengthShortened, "/etc/security/pwquality.conf", "minlen = 6", device.Now, SeededEnd.None) with { Id = Guid.NewGuid() });

        device.After(At.Minute).Says(Length(6));

        Assert.Equal(EvidenceState.Watched, device.Only.State);
        device.Seeded[1] = device.Seeded[1] with { End = SeededEnd.Undone, SettledAt = device.Now };
        device.After(At.Minute).Says(Length(12));
        Assert.Equal(EvidenceState.Held, device.After(At.Day).SaysTheSame().Evidence.Values.Single(item => item.Seeded == Id).State);
    }

    [Fact]
    public void A_right_that_was_taken_back_is_not_given_again_by_the_next_fault()
    {
        var device = Excess(SeededEnd.None).Says(Rights("anna"));
        device.Seeded[0] = device.Seeded[0] with { End = SeededEnd.Repaired, SettledAt = device.Now };
        device.After(At.Minute * 5);
        device.Seeded.Add(Fault(FaultName.RightsExcess, "sudo", "games", device.Now, SeededEnd.None) with { Id = Guid.NewGuid() });

        Assert.Equal(EvidenceState.Watched, device.After(At.Minute).Says(Rights("anna", "games")).Only.State);
    }

    [Fact]
    public void Faults_that_nobody_repaired_use_up_no_try()
    {
        var device = new Watched().Says(Length(12)).After(At.Minute);
        for (var i = 0; i < 4; i++)
        {
            device.Seeded.Add(Fault(FaultName.PasswordMinLengthShortened, "/etc/security/pwquality.conf", "minlen = 6", device.Now, SeededEnd.None) with { Id = Guid.NewGuid() });
            device.Says(Length(6)).After(At.Minute).Says(Length(12));
            Assert.Equal(i + 1, device.Evidence.Count);
            if (i < 3) device.Seeded[^1] = device.Seeded[^1] with { End = SeededEnd.Undone, SettledAt = device.Now };
            device.After(At.Minute * 5).SaysTheSame();
        }

        Assert.Single(device.Evidence.Values, item => item.State == EvidenceState.Watched);
    }

    private static Watched Shortened(SeededEnd end)
    {
        var device = new Watched().Says(Length(12)).After(At.Minute);
        device.Seeded.Add(Fault(FaultName.PasswordMinLengthShortened, "/etc/security/pwquality.conf", "minlen = 6", device.Now, end));
        return device.Says(Length(6)).After(At.Minute);
    }

    private static Watched Excess(SeededEnd end)
    {
        var device = At.Device(Rights("anna"), Watched.Of(Watched.Person("anna", 1000), Watched.Person("games", 5))).Restarts("first").After(At.Minute);
        device.Seeded.Add(Fault(FaultName.RightsExcess, "sudo", "games", device.Now, end));
        return device.Says(Rights("anna", "games")).After(At.Minute);
    }

    private static Seeded Fault(FaultName fault, string place, string what, DateTimeOffset at, SeededEnd end) => new(Id, fault, place, what, at, end);

    private static void Ends(Watched device, SeededEnd end) => device.Seeded[0] = device.Seeded[0] with { End = end };

    private static PasswordPolicy Length(uint characters) => new() { QualityEnforced = true, EffectiveMinLength = characters };

    private static AdminRights Rights(params string[] members) => new()
    {
        SudoInstalled = true,
        Groups = { new AdminGroup { Name = "sudo", Gid = 27, FullGrant = true, Members = { members } } },
        FullAdministrators = { members.Select(name => new FullAdministrator { Name = name, Through = "%sudo" }) },
    };
}
