using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Packaging;

/// <summary>The machine is shut down and started again while faults are applied.</summary>
[Nightly]
public sealed class FaultsAcrossRestarts(AgentPackages packages) : HelperTest(packages)
{
    // The helper reads the stack of another distribution as well, which nothing here uses.
    private const string CheckedPasswords = "echo 'minlen = 14' >/etc/security/pwquality.conf; echo 'password requisite pam_pwquality.so' >/etc/pam.d/system-auth";

    [Fact]
    public async Task All_are_undone_and_nobody_is_taken_for_who_repaired_them()
    {
        await StartAsync(CheckedPasswords);
        await Freshclam.EnableAsync(Machine, Ct);
        var before = await LookAsync();
        var faults = new List<FaultRecord>();
        foreach (var fault in (FaultName[])[FaultName.AntivirusUpdatesStopped, FaultName.RightsExcess, FaultName.PasswordMinLengthShortened]) faults.Add(await Helper.ApplyAsync(fault, Ct));
        Assert.Equal(["disabled", "inactive", "minlen = 6", "sudo:x:27:games"], await LookAsync());

        await Machine.RestartAsync(Ct);

        foreach (var fault in faults) Assert.Equal((FaultState.Undone, FaultUndoCause.Restarted), await Helper.EndOfAsync(fault, Ct));
        Assert.Equal(before, await LookAsync());
    }

    private async Task<string[]> LookAsync() =>
        [.. (await Freshclam.StandsAsync(Machine, Ct)).Split('\n'), .. (await Machine.RunAsync("cat /etc/security/pwquality.conf; grep ^sudo: /etc/group", Ct)).Worked.Split('\n')];
}
