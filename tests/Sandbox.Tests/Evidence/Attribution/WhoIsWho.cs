using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Crediting;
using static Sandbox.Tests.Evidence.Attribution.Doing;

namespace Sandbox.Tests.Evidence.Attribution;

/// <summary>An account, a key or nothing leads to a person, and never to a guess.</summary>
public sealed class WhoIsWho
{
    private static readonly DateTimeOffset At = Watched.Enrolled;
    private static readonly DeviceId Elsewhere = DeviceId.New();

    [Fact]
    public void An_account_is_its_holders() => Assert.Equal((Anna, "the account anna"), One(Of("anna", null, Works(Anna, "anna"))));

    [Fact]
    public void Nobody_holds_an_account_that_nobody_was_said_to_hold() => Assert.Contains("under the account anna on this machine", Nobody(Of("anna", null)), StringComparison.Ordinal);

    [Fact]
    public void No_account_is_nobodys() => Assert.Equal("no record names an account", Nobody(Of(null, null, Works(Anna, "anna"))));

    [Fact]
    public void Names_of_accounts_are_whole_and_in_their_own_case() => Nobody(Of("Anna", null, Works(Anna, "anna")));

    [Fact]
    public void Two_who_share_an_account_are_neither_named() =>
        Assert.Equal("the account lab is shared by Anna Beck and Ben Ode, and nothing tells which of them it was", Nobody(Of("lab", null, Works(Ben, "lab"), Works(Anna, "lab"))));

    [Fact]
    public void The_key_of_the_session_tells_who_of_those_who_share_it() =>
        Assert.Equal((Anna, $"the key {AnnasKey}"), One(Of("lab", AnnasKey, Works(Ben, "lab"), Works(Anna, "lab"), Holds(Anna, HolderKind.Key, AnnasKey))));

    [Fact]
    public void The_key_goes_before_the_account() => Assert.Equal(Anna, One(Of("ben", AnnasKey, Works(Ben, "ben"), Holds(Anna, HolderKind.Key, AnnasKey))).Person);

    [Fact]
    public void A_key_that_nobody_has_leaves_the_account() => Assert.Equal(Ben, One(Of("ben", AnnasKey, Works(Ben, "ben"))).Person);

    [Fact]
    public void A_key_that_two_have_names_nobody_though_the_account_would() =>
        Nobody(Of("ben", AnnasKey, Works(Ben, "ben"), Holds(Anna, HolderKind.Key, AnnasKey), Holds(Ben, HolderKind.Key, AnnasKey)));

    [Fact]
    public void What_is_said_of_one_device_goes_before_what_is_said_of_all() =>
        Assert.Equal(Ben, One(Of("lab", null, Works(Anna, "lab"), Works(Ben, "lab") with { Device = Watched.Device })).Person);

    [Fact]
    public void What_is_said_of_another_device_says_nothing_of_this_one() => Nobody(Of("lab", null, Works(Anna, "lab") with { Device = Elsewhere }));

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(-1, 0, false)]
    [InlineData(1, 2, false)]
    [InlineData(0, null, true)]
    public void It_holds_from_its_beginning_until_before_its_end(int from, int? until, bool holds)
    {
        var holder = Works(Anna, "anna") with { From = At.AddHours(from), Until = until is { } end ? At.AddHours(end) : null };

        Assert.Equal(holds, Of("anna", null, holder) is Who.One);
    }

    [Fact]
    public void The_same_person_twice_is_one_person() => Assert.Equal(Anna, One(Of("anna", null, Works(Anna, "anna"), Works(Anna, "anna") with { From = At.AddDays(-1) })).Person);

    private static Who Of(string? account, string? key, params AccountHolder[] holders)
    {
        var actor = new Actor();
        if (account is not null) actor.OsName = account;
        if (key is not null) actor.KeyFingerprint = key;
        return new Holders(holders).Of(actor, Watched.Device, At);
    }

    private static (Guid Person, string By) One(Who who) => Assert.IsType<Who.One>(who) is var one ? (one.Holder.Person, one.By) : default;

    private static string Nobody(Who who) => Assert.IsType<Who.Nobody>(who).Why;
}
