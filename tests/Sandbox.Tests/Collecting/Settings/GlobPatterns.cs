using CsCheck;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Tests.Collecting.Settings;

public sealed class GlobPatterns
{
    [Theory]
    [InlineData("*", "", true), InlineData("*", "abc", true), InlineData("*.conf", "a.conf", true), InlineData("*.conf", "a.confx", false), InlineData("a?c", "abc", true), InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true), InlineData("[!a-c]x", "bx", false), InlineData("[^a]x", "bx", true), InlineData("[]a]", "]", true), InlineData("[a", "[a", true), InlineData("[a-]", "-", true)]
    [InlineData("\\*", "*", true), InlineData("\\*", "a", false), InlineData("a*b*c", "axxbyybc", true), InlineData("a*b*c", "axxbyyb", false), InlineData("", "", true), InlineData("", "a", false), InlineData("a\\", "a\\", true)]
    public void A_pattern_means_what_glob_7_says(string pattern, string name, bool expected) => Assert.Equal(expected, Glob.Matches(pattern, name));

    [Fact]
    public void Many_stars_take_no_time() => Assert.False(Glob.Matches(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 5000)));

    [Fact]
    public void No_pattern_breaks_it() =>
        Gen.Select(Gen.String[Gen.Char["*?[]!^-\\ab"], 0, 12], Gen.String[Gen.Char["ab]-"], 0, 8]).Sample(pair => Glob.Matches(pair.Item1, pair.Item2) || !Glob.Matches(pair.Item1, pair.Item2), iter: Fuzz.Times(2000), threads: 1);
}
