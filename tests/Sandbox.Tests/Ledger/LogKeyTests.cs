using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

public sealed class LogKeyTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(x => (byte)x)];

    [Fact]
    public void The_verifier_key_is_the_one_that_other_programs_make_of_the_same_seed()
    {
        using var key = LogKey.FromSeed("lab.example/evidence", Seed);

        Assert.Equal("lab.example/evidence+2c556326+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", key.Verifier.ToString());
    }

    [Fact]
    public void The_key_id_depends_on_the_name()
    {
        using var one = LogKey.FromSeed("lab.example/evidence", Seed);
        using var other = LogKey.FromSeed("other.example/evidence", Seed);

        Assert.NotEqual(one.Verifier.Id, other.Verifier.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lab example/evidence")]
    [InlineData("lab+example/evidence")]
    public void A_name_that_would_break_a_note_is_refused(string origin) =>
        Assert.Throws<FormatException>(() => LogKey.FromSeed(origin, Seed));

    [Fact]
    public void A_seed_that_is_too_short_is_refused() =>
        Assert.Throws<FormatException>(() => LogKey.FromSeed("lab.example/evidence", Seed.AsSpan(0, 31)));

    [Fact]
    public void Two_new_seeds_differ() =>
        Assert.NotEqual(LogKey.NewSeed(), LogKey.NewSeed());
}
