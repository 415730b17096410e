using Sandbox.Faults;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>What each fault changes, that undoing it leaves the machine as it was, and that a repair stays.</summary>
public sealed class EachFault : SeedTest
{
    public EachFault() => Machine.WithUfw();

    [Theory]
    [InlineData(FaultName.PasswordMinLengthShortened, SeedTree.Quality, "# Defaults of the lab\nminlen = 6   # by ticket 12\nretry = 3\n")]
    [InlineData(FaultName.RightsExcess, "etc/group", "root:x:0:\nsudo:x:27:elif,games\ngames:x:60:\n")]
    [InlineData(FaultName.FirewallPortOpened, "etc/ufw/added", "ufw allow 40257/tcp\n")]
    public async Task It_makes_one_small_change_and_undoing_it_leaves_every_byte_as_it_was(FaultName fault, string file, string seeded)
    {
        using var book = await Machine.StartAsync(Time);
        var before = Machine.Read(file);

        var answer = await book.ApplyAsync(fault, Until);
        Assert.Equal(("", FaultState.Applied), (answer.Refused, answer.Records.Single().State));
        Assert.Equal(seeded, Machine.Read(file));

        await book.UndoAsync();
        Assert.Equal(before, Machine.Read(file));
        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await book.StandsAsync());
    }

    [Fact]
    public async Task Updates_of_definitions_are_stopped_and_disabled_and_started_and_enabled_again()
    {
        using var book = await Machine.StartAsync(Time);

        await book.ApplyAsync(FaultName.AntivirusUpdatesStopped, Until);
        Assert.False(File.Exists(Path.Combine(Machine.Root, "run/freshclam")));
        Assert.False(File.Exists(Path.Combine(Machine.Root, "etc/systemd/system/multi-user.target.wants/clamav-freshclam.service")));

        await book.UndoAsync();
        Assert.True(File.Exists(Path.Combine(Machine.Root, "run/freshclam")));
        Assert.True(File.Exists(Path.Combine(Machine.Root, "etc/systemd/system/multi-user.target.wants/clamav-freshclam.service")));
    }

    [Theory]
    [InlineData(FaultName.PasswordMinLengthShortened, SeedTree.Quality, "minlen = 15\n")]
    [InlineData(FaultName.PasswordMinLengthShortened, SeedTree.Quality, "# Defaults of the lab\nminlen = 6   # by ticket 12\nretry = 3\nminlen = 12\n")]
    [InlineData(FaultName.RightsExcess, "etc/group", "root:x:0:\nsudo:x:27:elif\ngames:x:60:\n")]
    [InlineData(FaultName.FirewallPortOpened, "etc/ufw/added", "ufw allow 22/tcp\n")]
    public async Task What_somebody_repaired_is_seen_within_seconds_and_left_alone_at_the_end(FaultName fault, string file, string repaired)
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(fault, Until);

        Machine.Write(file, repaired);
        await book.LookAsync(Ct);

        Assert.Equal((FaultState.Repaired, FaultUndoCause.Unspecified), await book.StandsAsync());
        Time.Advance(TimeSpan.FromDays(2));
        await book.LookAsync(Ct);
        Assert.Equal(repaired, Machine.Read(file));
    }

    [Fact]
    public async Task A_service_of_which_only_a_half_was_put_right_is_not_repaired_and_is_made_whole_at_the_end()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.AntivirusUpdatesStopped, Until);

        Machine.Write("run/freshclam", "");
        await book.LookAsync(Ct);
        Assert.Equal(FaultState.Applied, (await book.StandsAsync()).State);

        await book.UndoAsync();
        Assert.True(File.Exists(Path.Combine(Machine.Root, "etc/systemd/system/multi-user.target.wants/clamav-freshclam.service")));
    }

    [Fact]
    public async Task A_length_that_nobody_set_gets_a_line_which_goes_again()
    {
        Machine.Write(SeedTree.Quality, "retry = 3");
        using var book = await Machine.StartAsync(Time);

        await book.ApplyAsync(FaultName.PasswordMinLengthShortened, Until);
        Assert.Equal("retry = 3\nminlen = 6", Machine.Read(SeedTree.Quality));

        await book.UndoAsync();
        Assert.Equal("retry = 3", Machine.Read(SeedTree.Quality));
    }

    [Fact]
    public async Task The_line_that_is_in_force_is_changed_wherever_it_stands()
    {
        Machine.Write(SeedTree.Quality, "retry = 3\n");
        Machine.Write("etc/security/pwquality.conf.d/10-old.conf", "minlen = 9\n");
        Machine.Write("etc/security/pwquality.conf.d/50-lab.conf", "minlen=12\n");
        using var book = await Machine.StartAsync(Time);

        await book.ApplyAsync(FaultName.PasswordMinLengthShortened, Until);

        Assert.Equal(("minlen = 9\n", "minlen=6\n"), (Machine.Read("etc/security/pwquality.conf.d/10-old.conf"), Machine.Read("etc/security/pwquality.conf.d/50-lab.conf")));
    }

    [Fact]
    public async Task Bytes_that_somebody_wrote_beside_it_meanwhile_stay_whatever_they_are()
    {
        using var book = await Machine.StartAsync(Time);
        await book.ApplyAsync(FaultName.PasswordMinLengthShortened, Until);
        var file = Path.Combine(Machine.Root, SeedTree.Quality);
        var (beside, seeded, before) = (new byte[] { 0xEF, 0xBB, 0xBF, (byte)'#', 0xE4, 0xFF, (byte)'\n' }, "minlen = 6   # by ticket 12\n"u8.ToArray(), "minlen = 14   # by ticket 12\n"u8.ToArray());
        await File.WriteAllBytesAsync(file, [.. beside, .. seeded], Ct);

        await book.UndoAsync();

        byte[] whole = [.. beside, .. before];
        Assert.Equal(whole, await File.ReadAllBytesAsync(file, Ct));
    }

    [Fact]
    public async Task A_file_keeps_its_mode_and_its_owners()
    {
        if (System.OperatingSystem.IsWindows()) return;
        var file = Path.Combine(Machine.Root, SeedTree.Quality);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        if (Environment.IsPrivilegedProcess) await HereAsync("chown", "news:mail", file);
        var before = await HereAsync("stat", "-c", "%U:%G %a", file);
        using var book = await Machine.StartAsync(Time);

        await book.ApplyAsync(FaultName.PasswordMinLengthShortened, Until);

        Assert.Contains("minlen = 6", Machine.Read(SeedTree.Quality), StringComparison.Ordinal);
        Assert.Equal(before, await HereAsync("stat", "-c", "%U:%G %a", file));
    }

    private static Task<string> HereAsync(string program, params string[] arguments) => new Programs(new Tree("/")).RunAsync(program, arguments, Ct);
}
