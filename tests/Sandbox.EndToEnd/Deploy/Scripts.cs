using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Deploy;

/// <summary>The shell scripts of the repository.</summary>
public sealed class Scripts
{
    [Theory]
    [InlineData("deploy/up"), InlineData("deploy/package"), InlineData("deploy/verifier"), InlineData("deploy/parts/package/launch"), InlineData("deploy/parts/package/maintain")]
    [InlineData("server/Sandbox.Server/Packages/install.sh"), InlineData("tests/run"), InlineData(".ci/run")]
    public async Task Shellcheck_finds_nothing_in(string script)
    {
        await using var check = RunningProgram.Start("shellcheck", "/usr/bin/env",
            "-C", Programs.Repository, "shellcheck", "--external-sources", script);

        var code = await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(code == 0, check.Log);
    }
}
