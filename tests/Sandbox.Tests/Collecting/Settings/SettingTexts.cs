using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting.Settings;

public sealed class SettingTexts
{
    [Theory]
    [InlineData("minlen = 20 # c", "minlen", "20"), InlineData("minlen=20", "minlen", "20"), InlineData("  minlen\t20\r", "minlen", "20")]
    [InlineData("enforce_for_root", "enforce_for_root", ""), InlineData("unlock_time=", "unlock_time", ""), InlineData("a = b c", "a", "b c")]
    public void A_line_of_a_conf_file_has_a_name_and_a_value(string text, string name, string value)
    {
        var setting = Assert.Single(KeyValueText.Parse(text, "/f"));

        Assert.Equal((name, value), (setting.Name, setting.Value));
    }

    [Theory]
    [InlineData(""), InlineData("# minlen = 1"), InlineData("   \t"), InlineData("#")]
    public void Comments_and_empty_lines_set_nothing(string text) => Assert.Empty(KeyValueText.Parse(text, "/f"));

    [Fact]
    public void Lines_are_counted_from_one() =>
        Assert.Equal([2u, 4u], KeyValueText.Parse("\nminlen=1\n#\nminlen=2\n", "/f").Select(setting => setting.Line));

    [Theory]
    [InlineData("PASS_MAX_DAYS\t60", "60"), InlineData("PASS_MAX_DAYS   60  ", "60"), InlineData("PASS_MAX_DAYS \"60\" x", "60")]
    [InlineData("PASS_MAX_DAYS 60 # days", "60 # days")]
    public void Login_defs_takes_the_rest_of_the_line(string text, string value) =>
        Assert.Equal(value, Assert.Single(LoginDefsText.Parse(text, "/f")).Value);

    [Theory]
    [InlineData("#PASS_MAX_DAYS 60"), InlineData("PASS_MAX_DAYS"), InlineData("PASS_MAX_DAYS=60"), InlineData("")]
    public void Login_defs_ignores_what_sets_nothing(string text) => Assert.Empty(LoginDefsText.Parse(text, "/f"));

    [Theory]
    [InlineData("60", 60L), InlineData("-1", -1L), InlineData("0x1F", 31L), InlineData("010", 8L), InlineData("0", 0L), InlineData("+5", 5L)]
    [InlineData("", null), InlineData("six", null), InlineData("09", null), InlineData("6 0", null), InlineData("0x", null), InlineData("--1", null)]
    [InlineData("99999999999999999999", null)]
    public void Numbers_are_read_as_shadow_reads_them(string text, long? expected) => Assert.Equal(expected, CNumber.AnyBase(text));

    [Theory]
    [InlineData("12", 12L), InlineData("-1", -1L), InlineData("012", 12L), InlineData("0x1F", null), InlineData("", null), InlineData("1.5", null)]
    public void Decimal_numbers_know_no_other_base(string text, long? expected) => Assert.Equal(expected, CNumber.Decimal(text));

    [Fact]
    public void Drop_ins_of_login_defs_count_only_where_the_distribution_reads_them()
    {
        using var debian = new MachineFiles().With("etc/login.defs", "UID_MIN 1000\n").With("etc/login.defs.d/a.defs", "UID_MIN 500\n");
        using var suse = new MachineFiles().With("usr/etc/login.defs", "UID_MIN 1000\n").With("etc/login.defs.d/a.defs", "UID_MIN 500\n");

        Assert.Equal((1000, 500), (Read(debian).Number("UID_MIN"), Read(suse).Number("UID_MIN")));
    }

    [Fact]
    public void The_administrators_login_defs_takes_the_vendors_place()
    {
        using var suse = new MachineFiles().With("usr/etc/login.defs", "UID_MIN 1000\n").With("etc/login.defs", "UID_MIN 700\n");

        Assert.Equal(700, Read(suse).Number("UID_MIN"));
    }

    private static LoginDefs Read(MachineFiles machine) => LoginDefs.Read(new RootFolder(machine.Root), new UnseenNotes(new Protocol.Accounts().Unseen));
}
