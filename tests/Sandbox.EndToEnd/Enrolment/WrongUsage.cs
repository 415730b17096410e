using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Enrolment;

/// <summary>A word that a program does not know is something to put right: 1 is what some commands answer when they work.</summary>
public sealed class WrongUsage
{
    [Theory]
    [InlineData("status", "--bogus"), InlineData("doctor", "--data=x"), InlineData("no-such-command")]
    public async Task The_agent_ends_with_2(params string[] arguments)
    {
        await using var agent = RunningProgram.Start("sandbox-agent", Programs.Agent, arguments);

        Assert.Equal(2, await agent.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains(arguments[^1], agent.Log, StringComparison.Ordinal);
    }
}
