using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Acts;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>What the page says of an act.</summary>
public sealed class ActsInWords
{
    [Fact]
    public void An_account_and_its_own_group_are_one_name() =>
        Assert.Equal("added the account trn10", ActWords.What(Act(Action.AddAccount, new ActObject { Kind = "account", Id = "1002", Name = "trn10" }, new ActObject { Kind = "group", Name = "trn10" })));

    [Fact]
    public void A_number_without_a_name_is_said_to_be_one() =>
        Assert.Equal("removed the account uid 1002", ActWords.What(Act(Action.RemoveAccount, new ActObject { Kind = "account", Id = "1002" })));

    [Theory]
    [InlineData(Action.AddMember, "added to a group: trn10 to lab"), InlineData(Action.RemoveMember, "removed from a group: trn10 from lab")]
    public void A_member_comes_with_the_group(Action action, string words) =>
        Assert.Equal(words, ActWords.What(Act(action, new ActObject { Kind = "account", Name = "trn10", Detail = "lab" })));

    [Fact]
    public void A_group_that_no_record_names_is_said_not_to_be_named() =>
        Assert.Equal("added to a group, which the record does not name: trn10", ActWords.What(Act(Action.AddMember, new ActObject { Kind = "account", Name = "trn10" })));

    [Fact]
    public void What_was_done_elsewhere_is_in_the_sources_own_words() =>
        Assert.Equal("did on another system than this machine: adding user", ActWords.What(new AdminAct { Action = Action.Elsewhere, Verb = "adding user" }));

    private static AdminAct Act(Action action, params ActObject[] objects) => new() { Action = action, Objects = { objects } };
}
