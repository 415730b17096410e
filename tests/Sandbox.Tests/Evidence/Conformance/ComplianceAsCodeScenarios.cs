namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Every tree that ComplianceAsCode's own tests leave behind, judged by a policy with the fixture's parameters. <c>tests/run fixtures</c> prints what it finds.</summary>
public sealed class ComplianceAsCodeScenarios
{
    [Fact]
    public async Task We_say_what_OpenSCAP_says_or_say_why_not()
    {
        Assert.SkipWhen(ComplianceData.Folder is null, ComplianceData.Missing);
        var all = new List<Judged>();
        foreach (var fixture in ComplianceData.Fixtures()) all.Add(await Judged.OfAsync(fixture, TestContext.Current.CancellationToken));

        var (known, unknown) = (all.FindAll(one => one.IsKnown), all.FindAll(one => !one.IsKnown));
        var differing = known.FindAll(one => !one.Agrees);
        foreach (var one in differing) Say($"difference: {one}: {Argued.Why(one) ?? "nobody says why"}");
        foreach (var rule in unknown.CountBy(one => one.Fixture.Rule)) Say($"unknown rule: {rule.Key}, of {rule.Value} fixtures");
        if (unknown.Count > 0) Say($"{unknown.Count} of {all.Count} are of unknown rules");
        Say($"{known.Count - differing.Count} of {all.Count} agree");

        Assert.NotEmpty(all);
        Assert.Equal([], differing.Where(one => Argued.Why(one) is null).Select(one => one.ToString()));
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
