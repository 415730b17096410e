using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting.Additions;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>Line 4.7: accounts that somebody set up on servers, and everything that only looks like it.</summary>
public sealed class ServerAccountsSetUp
{
    private readonly Watched _device = At.Device(Watched.Of(Watched.Person("anna", 1000)), Serving("nginx"));

    [Fact]
    public void An_account_with_groups_on_a_server_counts_and_is_whose_act_it_was()
    {
        var item = Only(_device.Tells(Doing.Act(_device.Now, "anna", Action.AddAccount, "ben")).Says(With(Ben("lab"))));

        Assert.Equal(("server_account.set_up", "ben (uid 1001)", "account ben, uid 1001, in lab, on a server (nginx.service)"), (item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, Only(_device.After(At.Day).SaysTheSame()).State);
    }

    [Fact]
    public void That_it_counts_for_another_line_too_is_declared_and_shown()
    {
        _device.Says(With(Ben("lab")));

        Assert.Contains("the account is what is counted for line 1.3 as well", Only(_device).GradeReason, StringComparison.Ordinal);
        Assert.Equal(["1.3", "4.7"], _device.Evidence.Values.Select(item => item.Line).Order());
    }

    [Fact]
    public void A_day_on_which_it_ends_is_a_parameter() => Assert.Contains("ends on", Only(_device.Says(With(Ben().Change(one => one.AccountExpiresDay = Watched.Today + 30)))).After, StringComparison.Ordinal);

    [Fact]
    public void Groups_that_are_given_a_moment_later_are_too()
    {
        _device.Says(With(Ben())).After(At.Minute);

        Assert.Equal(Doing.Anna, Only(_device.Tells(Doing.Act(_device.Now, "anna", Action.AddMember, "ben")).Says(With(Ben("lab")))).Person);
    }

    public static TheoryData<string> Plain => ["name", "users", "ended", "administrator", "unknown"];

    [Theory, MemberData(nameof(Plain))]
    public void A_name_and_nothing_more_or_everything_is_none(string what) => Assert.DoesNotContain(_device.Says(With(what switch
    {
        "users" => Ben("users"),
        "ended" => Ben().Change(one => one.AccountExpiresDay = Watched.Today - 1),
        "administrator" => Ben("sudo").Change(one => one.Administrator = true),
        "unknown" => Ben("lab").Change(one => one.ClearAdministrator()),
        _ => Ben(),
    })).Evidence.Values, item => item.Line == "4.7");

    [Theory]
    [InlineData("ssh"), InlineData("cups-browsed")]
    public void A_machine_that_serves_nobody_is_no_server(string service) =>
        Assert.DoesNotContain(At.Device(Watched.Of(Watched.Person("anna", 1000)), Serving(service)).Says(With(Ben("lab"))).Evidence.Values, item => item.Line == "4.7");

    [Fact]
    public void A_machine_that_a_mentor_calls_a_server_is_one_and_one_that_they_call_a_workstation_is_none()
    {
        var called = At.Device(Watched.Of(Watched.Person("anna", 1000)), Serving("ssh")).Is(new AboutDevice { Role = DeviceRole.Server });

        Assert.EndsWith("on a server (a mentor says so)", Only(called.Says(With(Ben("lab")))).After, StringComparison.Ordinal);
        Assert.DoesNotContain(_device.Is(new AboutDevice { Role = DeviceRole.Workstation }).Says(With(Ben("lab"))).Evidence.Values, item => item.Line == "4.7");
    }

    [Fact]
    public void Whether_it_serves_must_be_known() => Assert.DoesNotContain(At.Device(Watched.Of(Watched.Person("anna", 1000))).Says(With(Ben("lab"))).Evidence.Values, item => item.Line == "4.7");

    [Fact]
    public void What_is_taken_from_it_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, Only(_device.Says(With(Ben("lab"))).After(At.Minute).Says(With(Ben()))).State);

    [Fact]
    public void An_account_that_is_removed_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, Only(_device.Says(With(Ben("lab"))).After(At.Minute).Says(With())).State);

    private static EvidenceItem Only(Watched device) => Assert.Single(device.Evidence.Values, item => item.Line == "4.7");

    private static Accounts With(params Account[] more) => Watched.Of([Watched.Person("anna", 1000), .. more]);

    private static Account Ben(params string[] groups) => Watched.Person("ben", 1001, one =>
    {
        one.Administrator = false;
        one.Groups.AddRange(["ben", .. groups]);
    });

    private static Protocol.Services Serving(string name) => new()
    {
        Units = { new ServiceUnit { Name = $"{name}.service", State = ServiceUnit.Types.State.Enabled, Running = true } },
        Listeners = { new ListeningSocket { Protocol = ListeningSocket.Types.Protocol.Tcp, Address = "0.0.0.0", Port = 80, Owners = { new SocketOwner { Name = name is "ssh" ? "sshd" : name } } } },
    };
}

file static class Changed
{
    public static Account Change(this Account account, Action<Account> change)
    {
        change(account);
        return account;
    }
}
