using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Crediting;
using static Sandbox.Tests.Evidence.Attribution.Doing;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Attribution;

/// <summary>Who acted on Windows, by the SIDs of its Security log. There is no Windows here: these acts are made up, as an agent there would report them.</summary>
public sealed class WindowsAccounts
{
    private const string Annas = "S-1-5-21-1111111111-2222222222-3333333333-1001";
    private const string Bens = "S-1-5-21-1111111111-2222222222-3333333333-1002";
    private static readonly DateTimeOffset At = Watched.Enrolled;

    [Fact]
    public void The_sid_decides_before_the_name_that_the_account_has_now() => Assert.Equal((Anna, $"the SID {Annas}"), One(Acted(Annas, "ben", local: true, Here(Anna, Annas), Works(Ben, "ben"))));

    [Fact]
    public void A_sid_of_a_machines_own_account_holds_on_the_device_of_which_it_is_said() =>
        Assert.Contains("nobody is known by the SID", Nobody(Acted(Annas, null, local: true, Here(Anna, Annas) with { Device = DeviceId.New() })), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, false), InlineData(null, false), InlineData(false, true)]
    public void A_sid_that_is_said_of_every_device_names_an_account_of_a_domain_alone(bool? local, bool named) => Assert.Equal(named, Acted(Annas, "anna", local, Holds(Anna, HolderKind.Sid, Annas)) is Who.One);

    [Fact]
    public void Who_is_known_by_another_sid_is_not_whoever_has_their_name() =>
        Assert.Contains("Anna Beck is known by another one", Nobody(Acted(Bens, "anna", local: true, Works(Anna, "anna"), Here(Anna, Annas))), StringComparison.Ordinal);

    [Fact]
    public void Where_no_sid_is_known_the_account_names_its_person() => Assert.Equal((Anna, "the account anna"), One(Acted(Annas, "anna", local: true, Works(Anna, "anna"))));

    [Fact]
    public void Two_who_are_known_by_one_sid_are_neither_named() => Assert.Contains("is shared by Anna Beck and Ben Ode", Nobody(Acted(Annas, null, local: true, Here(Anna, Annas), Here(Ben, Annas))), StringComparison.Ordinal);

    [Theory]
    [InlineData("S-1-5-18", "LocalSystem"), InlineData("S-1-5-19", "LocalService"), InlineData("S-1-5-20", "NetworkService"), InlineData("S-1-5-7", "whoever did not sign in")]
    [InlineData("S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", "a service"), InlineData("S-1-5-90-0-1", "the window manager"), InlineData("S-1-5-96-0-1", "the font driver host")]
    [InlineData("S-1-5-32-544", "an identity of Windows itself"), InlineData("S-1-5-21-1111111111-2222222222-3333333333-500", "came with Windows"), InlineData("S-1-0-0", "an identity of Windows itself")]
    public void What_is_windows_itself_is_nobody_whatever_the_account_is_called(string sid, string what) => Assert.Contains(what, Nobody(Acted(sid, "anna", local: null, Works(Anna, "anna"))), StringComparison.Ordinal);

    [Theory]
    [InlineData(Annas), InlineData("S-1-12-1-1234567890-1234567890-1234567890-1234567890")]
    public void What_can_be_a_persons_account_is_not_windows_itself(string sid) => Assert.Null(WindowsItself.Of(sid));

    [Fact]
    public void A_machines_own_account_in_a_domain_is_nobody() => Assert.Contains("LAB-07$", Nobody(Acted("S-1-5-21-1111111111-2222222222-3333333333-1105", "LAB-07$", local: false, Works(Anna, "LAB-07$"))), StringComparison.Ordinal);

    [Fact]
    public void The_key_of_the_session_goes_before_the_sid()
    {
        var actor = new Actor { Sid = Annas, SidIsLocal = true, KeyFingerprint = AnnasKey };

        Assert.Equal(Ben, One(new Holders([Here(Anna, Annas), Holds(Ben, HolderKind.Key, AnnasKey)]).Of(actor, Watched.Device, At)).Person);
    }

    [Fact]
    public void A_change_by_a_known_sid_is_evidence_of_grade_e2()
    {
        var (device, added) = Machine();

        var item = device.Knows(Here(Anna, Annas)).Tells(Act(device.Now, "renamed", Action.AddAccount, "ben").With(act => act.Actor.Sid = Annas).With(act => act.Actor.SidIsLocal = true)).Says(added).Only;

        Assert.Equal((Grade.E2, Anna), (item.Grade, item.Person!.Value));
        Assert.StartsWith($"Anna Beck did it (the SID {Annas}, A1)", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_by_localsystem_was_done_by_itself_and_counts_for_nobody()
    {
        var (device, added) = Machine();

        var item = device.Knows(Works(Anna, "anna")).Tells(Act(device.Now, "anna", Action.AddAccount, "ben").With(act => act.Actor.Sid = "S-1-5-18")).Says(added).Only;

        Assert.Equal((EvidenceState.Discounted, "it was done by itself: LocalSystem (S-1-5-18)"), (item.State, item.Reason));
    }

    private static (Watched Device, Accounts Added) Machine() =>
        (new Watched().Says(Of(Person("elif", 1000))).After(TimeSpan.FromMinutes(10)).SaysTheSame().After(TimeSpan.FromMinutes(5)), Of(Person("elif", 1000), Person("ben", 1001)));

    private static AccountHolder Here(Guid person, string sid) => Holds(person, HolderKind.Sid, sid) with { Device = Watched.Device };

    private static Who Acted(string sid, string? account, bool? local, params AccountHolder[] holders)
    {
        var actor = new Actor { Sid = sid };
        if (account is not null) actor.OsName = account;
        if (local is { } known) actor.SidIsLocal = known;
        return new Holders(holders).Of(actor, Watched.Device, At);
    }

    private static (Guid Person, string By) One(Who who) => Assert.IsType<Who.One>(who) is var one ? (one.Holder.Person, one.By) : default;

    private static string Nobody(Who who) => Assert.IsType<Who.Nobody>(who).Why;
}
