using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;
using static Sandbox.Protocol.Account.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 4.5: rights that somebody took away, and everything that only looks like it.</summary>
public sealed class AdministratorsTakenAway
{
    private static readonly Accounts People = Watched.Of(Watched.Person("anna", 1000), Watched.Person("ben", 1001));
    private readonly Watched _device = At.Device(Rights("anna", "ben"), People);

    [Fact]
    public void A_right_that_was_there_at_first_and_is_taken_away_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(Removes(_device.Now, "ben")).Says(Rights("anna")).Only;

        Assert.Equal(("4.5", "administrator.taken_away", "ben in sudo"), (item.Line, item.Act, item.Target));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Contains("no matrix of roles names the group", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void A_right_that_is_given_does_not() => Assert.Empty(At.Device(Rights("anna"), People).Says(Rights("anna", "ben")).Evidence);

    [Fact]
    public void One_that_was_given_since_and_is_taken_away_does_not() => Assert.Empty(At.Device(Rights("anna"), People).Says(Rights("anna", "ben")).After(At.Minute).Says(Rights("anna")).Evidence);

    [Fact]
    public void The_own_right_does_not() =>
        Assert.Equal(EvidenceState.Discounted, _device.Tells(Removes(_device.Now, "anna")).Says(Rights("ben")).Only.State);

    [Fact]
    public void One_that_is_given_again_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(Rights("anna")).After(At.Minute).Says(Rights("anna", "ben")).Only.State);

    [Fact]
    public void Taking_and_giving_in_turn_counts_once_at_the_most()
    {
        for (var i = 0; i < 10; i++)
        {
            _device.Says(Rights("anna")).After(At.Day).SaysTheSame();
            Assert.Single(_device.Evidence.Values, item => item.State == EvidenceState.Held);
            _device.Says(Rights("anna", "ben")).After(At.Minute);
        }

        Assert.DoesNotContain(_device.Evidence.Values, item => item.State == EvidenceState.Held);
    }

    [Fact]
    public void Who_leaves_counts_for_another_line() => Assert.DoesNotContain(_device.Says(Rights("anna"), Watched.Of(Watched.Person("anna", 1000))).Evidence.Values, item => item.Line == "4.5");

    [Fact]
    public void Who_cannot_work_any_more_has_no_level_of_access() =>
        Assert.DoesNotContain(_device.Says(Rights("anna"), Watched.Of(Watched.Person("anna", 1000), Watched.Person("ben", 1001, one => one.PasswordState = PasswordState.Locked))).Evidence.Values, item => item.Line == "4.5");

    [Fact]
    public void Who_is_shut_out_within_the_day_earns_it_for_nobody() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(Rights("anna")).After(At.Minute).Says(Watched.Of(Watched.Person("anna", 1000), Watched.Person("ben", 1001, one => one.PasswordState = PasswordState.Locked))).Evidence.Values.Single(item => item.Line == "4.5").State);

    [Fact]
    public void Who_has_root_by_another_door_lost_nothing() =>
        Assert.Empty(At.Device(Rights("anna", "ben"), Watched.Of(Watched.Person("anna", 1000), Watched.Person("ben", 1001, one => one.Groups.Add("docker")))).Says(Rights("anna")).Evidence);

    [Fact]
    public void What_the_group_loses_is_no_level_of_one_account()
    {
        var none = new AdminRights { SudoInstalled = true, Groups = { new AdminGroup { Name = "sudo", FullGrant = false } }, FullAdministrators = { new FullAdministrator { Name = "anna", Through = "anna" } } };

        Assert.Empty(_device.Says(none).Evidence);
    }

    [Fact]
    public void The_last_administrators_right_does_not() => Assert.Empty(At.Device(Rights("ben"), People).Says(Rights()).Evidence);

    [Fact]
    public void Rights_that_could_not_be_read_are_no_beginning_and_no_end()
    {
        var blind = new AdminRights { Unseen = { new Unseen { What = "/etc/sudoers", Why = "permission denied" } } };

        Assert.Empty(_device.Says(blind).Evidence);
        Assert.Empty(At.Device(blind, People).Says(Rights("anna")).Evidence);
    }

    [Fact]
    public void Without_the_accounts_it_is_not_known_whether_somebody_left() => Assert.Empty(At.Device(Rights("anna", "ben")).Says(Rights("anna")).Evidence);

    [Theory]
    [InlineData("/usr/bin/gpasswd", "-d", "ben", "sudo"), InlineData("/usr/sbin/deluser", "ben", "sudo"), InlineData("/usr/sbin/usermod", "-G", "lab", "ben")]
    public void The_command_tells_as_well(string program, params string[] arguments) => Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, program, arguments)).Says(Rights("anna")).Only.Person);

    [Theory]
    [InlineData("/usr/bin/gpasswd", "-d", "carl", "sudo"), InlineData("/usr/bin/gpasswd", "-d", "ben", "audio"), InlineData("/usr/bin/groups", "ben"), InlineData("/usr/sbin/usermod", "-aG", "lab", "ben"), InlineData("/usr/sbin/usermod", "-L", "ben")]
    public void Another_command_does_not(string program, params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(Rights("anna")).Only.Person);

    private static AdminAct Removes(DateTimeOffset at, string account) => At.Does(at, Action.RemoveMember, "account", account, "sudo");

    private static AdminRights Rights(params string[] members) => new()
    {
        SudoInstalled = true,
        Groups = { new AdminGroup { Name = "sudo", Gid = 27, FullGrant = true, Members = { members } } },
        FullAdministrators = { members.Select(name => new FullAdministrator { Name = name, Through = "%sudo" }) },
    };
}
