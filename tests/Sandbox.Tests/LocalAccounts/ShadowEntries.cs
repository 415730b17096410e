using Sandbox.Agent.Accounts;

namespace Sandbox.Tests.LocalAccounts;

public sealed class ShadowEntries
{
    [Fact]
    public void Empty_fields_are_absent_and_not_zero()
    {
        var entry = ShadowEntry.Parse("anna:*:::::::", out _)!.Value;

        Assert.Equal(
            (null, null, null, null, null, null),
            (entry.LastChange, entry.Min, entry.Max, entry.Warn, entry.Inactive, entry.Expires));
    }

    [Fact]
    public void Every_field_has_its_place()
    {
        var entry = ShadowEntry.Parse("anna:*:20770:1:90:7:30:21000:", out _)!.Value;

        Assert.Equal(("anna", 20770, 1, 90, 7, 30, 21000), (entry.Name, entry.LastChange, entry.Min, entry.Max, entry.Warn, entry.Inactive, entry.Expires));
    }

    // Days as `chage -l` of shadow 4.13 shows them: changed ten days before 2026-11-23 with max 90, it ends on 2027-02-11.
    [Theory]
    [InlineData("a:*:20770:0:90:7:::", 20860L)]
    [InlineData("a:*:20780:0:0:7:::", 20780L)]
    [InlineData("a:*:20780:0:9999:7:::", 30779L)]
    [InlineData("a:*:20780:0:10000:7:::", null), InlineData("a:*:20780:0:99999:7:::", null)]
    [InlineData("a:*:20780:0::7:::", null), InlineData("a:*::0:90:7:::", null), InlineData("a:*:0:0:90:7:::", null)]
    public void The_password_ends_when_chage_says(string line, long? expected) =>
        Assert.Equal(expected, ShadowEntry.Parse(line, out _)!.Value.PasswordExpires);

    [Theory]
    [InlineData("a:*:20780:0:-1:7:::", "field 5 of a is not a number of days, so the whole entry counts for nothing")]
    [InlineData("a:*:soon:0:90:7:::", "field 3 of a is not a number of days, so the whole entry counts for nothing")]
    [InlineData("a:*:20780", "it has 3 fields where 9 belong")]
    [InlineData("a:*:1:2:3:4:5:6:7:8", "it has 10 fields where 9 belong")]
    [InlineData(":*:1:2:3:4:5:6:", "it has no name")]
    public void A_malformed_line_counts_for_nothing_and_says_why(string line, string expected)
    {
        var entry = ShadowEntry.Parse(line, out var fault);

        Assert.Null(entry);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void The_old_form_without_the_last_fields_is_understood() =>
        Assert.Equal(90, ShadowEntry.Parse("a:*:20780:0:90", out _)!.Value.Max);
}
