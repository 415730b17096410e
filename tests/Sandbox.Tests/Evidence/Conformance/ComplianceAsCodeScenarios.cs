namespace Sandbox.Tests.Evidence.Conformance;

public sealed class ComplianceAsCodeScenarios
{
    [Theory]
    [MemberData(nameof(ComplianceData.Fixtures), MemberType = typeof(ComplianceData))]
    public async Task We_say_what_OpenSCAP_says(string fixture)
    {
        Assert.SkipWhen(
            fixture.Length == 0,
            "The fixtures of ComplianceAsCode are not here: put them into ../shared/data/compliance, or say where they are in SANDBOX_DATA.");
        var folder = Path.Combine(ComplianceData.Folder!, fixture);
        var expected = (await File.ReadAllTextAsync(Path.Combine(folder, "expected"), TestContext.Current.CancellationToken)).Trim();
        var seen = await Seen.InAsync(folder, TestContext.Current.CancellationToken);

        var passes = ComplianceAsCode.Judge(Path.GetDirectoryName(fixture)!, seen);

        Assert.Equal(expected, passes ? "pass" : "fail");
    }
}
