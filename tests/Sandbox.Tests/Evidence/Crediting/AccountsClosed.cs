using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using static Sandbox.Protocol.Account.Types;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>An account of somebody who leaves: shut for good, by whoever is not its owner, and not one that was made to be removed.</summary>
public sealed class AccountsClosed
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Watched _device = new Watched().Says(Of(Person("anna", 1000), Person("ben", 1001))).After(Minute);

    public static TheoryData<string, string> Shut => new()
    {
        { "gone", "it is gone" }, { "ended", "it ended on 1970-01-02" }, { "shut", "its shell lets nobody in, and no password opens it" },
    };

    [Theory, MemberData(nameof(Shut))]
    public void One_that_is_shut_counts_and_holds_after_a_day(string how, string after)
    {
        _device.Says(After(how));

        Assert.Equal(("1.9", "account.closed", "ben (uid 1001)", after, EvidenceState.Watched), (_device.Only.Line, _device.Only.Act, _device.Only.Target, _device.Only.After, _device.Only.State));
        Assert.Contains("whether what the account held was kept before", _device.Only.GradeReason, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Held, _device.After(TimeSpan.FromHours(24)).SaysTheSame().Only.State);
    }

    [Theory]
    [InlineData(Action.RemoveAccount)]
    [InlineData(Action.ChangeAccount)]
    public void It_is_whose_act_it_was(Action action)
    {
        _device.Knows(Doing.Works(Doing.Anna, "anna")).Says(After("gone")).Tells(Doing.Act(_device.Now, "anna", action, "ben"));

        Assert.Equal((Grade.E2, Doing.Anna), (_device.Only.Grade, _device.Only.Person!.Value));
    }

    [Fact]
    public void A_locked_password_alone_shuts_nothing() => Assert.Empty(_device.Says(Of(Person("anna", 1000), Person("ben", 1001, x => x.PasswordState = PasswordState.Locked))).Evidence);

    [Fact]
    public void One_that_was_made_since_is_nothing_to_close()
    {
        _device.Says(Of(Person("anna", 1000), Person("ben", 1001), Person("short", 1002))).After(Minute).Says(Of(Person("anna", 1000), Person("ben", 1001)));

        Assert.DoesNotContain(_device.Evidence.Values, item => item.Act == "account.closed");
    }

    [Fact]
    public void One_that_was_shut_at_first_is_nothing_to_close()
    {
        var device = new Watched().Says(Of(Person("anna", 1000), Person("ben", 1001, x => x.AccountExpiresDay = 1))).After(Minute);

        Assert.Empty(device.Says(Of(Person("anna", 1000))).Evidence);
    }

    [Fact]
    public void A_new_name_for_the_number_closes_nothing() => Assert.DoesNotContain(_device.Says(Of(Person("anna", 1000), Person("benny", 1001))).Evidence.Values, item => item.Act == "account.closed");

    [Fact]
    public void A_new_name_and_a_new_number_at_once_close_nothing() =>
        Assert.DoesNotContain(_device.Says(Of(Person("anna", 1000), Person("benny", 3000))).Evidence.Values, item => item.Act == "account.closed");

    [Fact]
    public void An_agent_that_sees_more_than_before_closes_nothing()
    {
        var device = new Watched().Says(Of(Person("anna", 1000), Person("svc", 1001, x => { x.ShellClass = ShellClass.NoLogin; x.ClearPasswordState(); }))).After(Minute);

        Assert.Empty(device.Says(Of(Person("anna", 1000), Person("svc", 1001, x => (x.ShellClass, x.PasswordState) = (ShellClass.NoLogin, PasswordState.Locked)))).Evidence);
    }

    [Fact]
    public void Who_leaves_by_the_own_hand_earns_nothing()
    {
        _device.Knows(Doing.Works(Doing.Ben, "ben")).Says(After("gone")).Tells(Doing.Act(_device.Now, "ben", Action.RemoveAccount, "ben"));

        Assert.Equal(EvidenceState.Discounted, _device.Only.State);
    }

    [Fact]
    public void Opened_again_in_time_it_earns_nothing()
    {
        _device.Says(After("ended")).After(Minute).Says(Of(Person("anna", 1000), Person("ben", 1001)));

        Assert.Equal((EvidenceState.Undone, "somebody can log in with it again"), (_device.Only.State, _device.Only.Reason));
    }

    [Fact]
    public void Accounts_that_cannot_be_read_are_not_gone() => Assert.Empty(_device.Says(Unreadable()).Evidence);

    private static Accounts After(string how) => how switch
    {
        "gone" => Of(Person("anna", 1000)),
        "ended" => Of(Person("anna", 1000), Person("ben", 1001, x => x.AccountExpiresDay = 1)),
        _ => Of(Person("anna", 1000), Person("ben", 1001, x => (x.ShellClass, x.PasswordState) = (ShellClass.NoLogin, PasswordState.Locked))),
    };
}
