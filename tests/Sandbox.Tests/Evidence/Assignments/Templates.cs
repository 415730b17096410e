using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Policies;

namespace Sandbox.Tests.Evidence.Assignments;

/// <summary>The tasks that come with Sandbox.</summary>
public sealed class Templates
{
    [Fact]
    public void Each_line_of_functions_1_4_and_7_has_one() =>
        Assert.Equal(Schedule.Current.Functions.Where(function => function.Number is 1 or 4 or 7).SelectMany(function => function.Lines).Select(line => line.Id), AssignmentTemplate.All.Select(one => one.Line));

    [Fact]
    public void Each_has_steps_three_hints_and_rules_that_a_policy_may_hold() => Assert.All(AssignmentTemplate.All, one =>
    {
        Assert.True(one.Steps.Count >= 3, one.Id);
        Assert.Equal(3, one.Hints.Count);
        Assert.All(one.Rules, rule => Assert.Contains(rule, RuleKinds.Ids));
    });

    [Fact]
    public void Their_ids_are_their_own()
    {
        Assert.Equal(AssignmentTemplate.All.Count, AssignmentTemplate.All.Select(one => one.Id).Distinct().Count());
        Assert.Equal("1.3", AssignmentTemplate.Find("user-account")?.Line);
        Assert.Null(AssignmentTemplate.Find("nothing-of-the-sort"));
    }
}
