using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>Where a fault cannot be applied nothing is, and the words say why.</summary>
public sealed class RefusedFaults : SeedTest
{
    [Theory]
    [InlineData(FaultName.PasswordMinLengthShortened, "etc/pam.d/common-password", "password required pam_unix.so\n", "checks no passwords")]
    [InlineData(FaultName.PasswordMinLengthShortened, "etc/pam.d/common-password", "# password requisite pam_pwquality.so\n", "checks no passwords")]
    [InlineData(FaultName.PasswordMinLengthShortened, "etc/pam.d/common-password", "password requisite pam_pwquality.so minlen=12\n", "the PAM stack itself")]
    [InlineData(FaultName.PasswordMinLengthShortened, SeedTree.Quality, "minlen = 6\n", "no more than 6")]
    [InlineData(FaultName.PasswordMinLengthShortened, SeedTree.Quality, "# L\u00e4nge\nminlen = 9\n", "not ASCII")]
    [InlineData(FaultName.RightsExcess, "etc/shadow", "games:$6$salt$hash:19700::::::\n", "no locked account")]
    [InlineData(FaultName.RightsExcess, "etc/passwd", "games:x:5:60:games:/usr/games:/bin/bash\n", "no locked account")]
    [InlineData(FaultName.RightsExcess, "etc/group", "sudo:x:27:games\n", "no locked account")]
    [InlineData(FaultName.RightsExcess, "etc/group", "root:x:0:\n", "no group sudo or wheel")]
    [InlineData(FaultName.FirewallPortOpened, "etc/hosts", "", "no firewall is active")]
    [InlineData((FaultName)99, "etc/hosts", "", "knows no fault 99")]
    [InlineData(FaultName.Unspecified, "etc/hosts", "", "knows no fault 0")]
    public async Task It_says_why(FaultName fault, string file, string text, string why)
    {
        Machine.Write(file, text);
        using var book = await Machine.StartAsync(Time);

        var answer = await book.ApplyAsync(fault, Time.GetUtcNow().AddDays(1));

        Assert.Contains(why, answer.Refused, StringComparison.Ordinal);
        Assert.Empty(answer.Records);
        Assert.Empty(Directory.GetFiles(Machine.State));
        Assert.Equal(text, Machine.Read(file));
    }

    [Theory]
    [InlineData("run/freshclam", "enabled and inactive")]
    [InlineData("etc/systemd/system/multi-user.target.wants/clamav-freshclam.service", "disabled and active")]
    [InlineData("usr/lib/systemd/system/clamav-freshclam.service", "there is no clamav-freshclam.service")]
    [InlineData("usr/bin/systemctl", "systemctl is not installed")]
    public async Task Updates_that_do_not_run_cannot_be_stopped(string gone, string why)
    {
        Machine.Delete(gone);
        using var book = await Machine.StartAsync(Time);

        Assert.Contains(why, (await book.ApplyAsync(FaultName.AntivirusUpdatesStopped, Time.GetUtcNow().AddDays(1))).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_leaves_nothing_applied_and_its_words_are_told()
    {
        Machine.Script("gpasswd", "echo 'cannot lock /etc/group' >&2; exit 4");
        using var book = await Machine.StartAsync(Time);

        var answer = await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddDays(1));

        Assert.Equal("gpasswd ended with 4: cannot lock /etc/group", answer.Refused);
        Assert.Empty(answer.Records);
        Assert.Empty(Directory.GetFiles(Machine.State));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task A_firewall_that_prints_something_else_is_left_alone(string printed)
    {
        Machine.Script("nft", $"echo '{printed}'");
        using var book = await Machine.StartAsync(Time);

        Assert.Contains("something else than its JSON", (await book.ApplyAsync(FaultName.FirewallPortOpened, Time.GetUtcNow().AddDays(1))).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        var file = Path.Combine(Machine.Root, SeedTree.Quality);
        File.Move(file, file + ".elsewhere");
        File.CreateSymbolicLink(file, file + ".elsewhere");
        using var book = await Machine.StartAsync(Time);

        Assert.Contains("is a link", (await book.ApplyAsync(FaultName.PasswordMinLengthShortened, Time.GetUtcNow().AddDays(1))).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_is_over_or_longer_than_14_days_is_refused()
    {
        using var book = await Machine.StartAsync(Time);

        Assert.Contains("is over", (await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow())).Refused, StringComparison.Ordinal);
        Assert.Contains("longer than 14 days", (await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddDays(14).AddSeconds(1))).Refused, StringComparison.Ordinal);
        Assert.Equal("", (await book.ApplyAsync(FaultName.RightsExcess, Time.GetUtcNow().AddDays(14))).Refused);
    }
}
