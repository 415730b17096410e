using Sandbox.Storage;
using Sandbox.Storage.Postgres;

namespace Sandbox.Tests.Storage;

public sealed class PostgresAddresses
{
    [Theory]
    [InlineData("postgresql://lab@db.example:5433/sandbox", "postgresql://lab@db.example:5433/sandbox")]
    [InlineData("postgres://lab@db.example/sandbox", "postgresql://lab@db.example:5432/sandbox")]
    [InlineData("postgresql://lab@/sandbox?host=/run/postgresql", "postgresql://lab@/sandbox?host=/run/postgresql&port=5432")]
    [InlineData("postgresql://lab@%2Frun%2Fpostgresql:5433/sandbox", "postgresql://lab@/sandbox?host=/run/postgresql&port=5433")]
    [InlineData("postgresql://lab@[::1]:5433/sandbox", "postgresql://lab@[::1]:5433/sandbox")]
    [InlineData("postgresql://a%40b@db/x%2Fy?sslmode=verify-full", "postgresql://a%40b@db:5432/x%2Fy?sslmode=verify-full")]
    [InlineData("postgresql://lab@db/x?passfile=/etc/pass%20word", "postgresql://lab@db:5432/x?passfile=%2Fetc%2Fpass%20word")]
    public void An_address_has_one_usual_form_which_means_the_same(string typed, string usual)
    {
        var address = PostgresAddress.Parse(typed);

        Assert.Equal(usual, address.ToString());
        Assert.Equal(usual, PostgresAddress.Parse(usual).ToString());
    }

    [Theory]
    [InlineData("postgresql://lab:geheim@db/sandbox")]
    [InlineData("postgresql://lab:ge/he@im@db/sandbox")]
    [InlineData("postgresql://lab@db/sandbox?password=geheim")]
    public void A_password_is_refused_and_not_repeated(string typed)
    {
        var words = Assert.Throws<StoreUnusableException>(() => PostgresAddress.Parse(typed)).Message;

        Assert.Contains("~/.pgpass", words, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", words, StringComparison.Ordinal);
        Assert.DoesNotContain("im@db", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql:lab", "is no address of a PostgreSQL database")]
    [InlineData("postgresql://db/sandbox", "lacks one of them")]
    [InlineData("postgresql://lab@/sandbox", "lacks one of them")]
    [InlineData("postgresql://lab@db/", "lacks one of them")]
    [InlineData("postgresql://lab@db:70000/sandbox", "'port=70000'")]
    [InlineData("postgresql://lab@db/sandbox?sslmode=perhaps", "'sslmode=perhaps'")]
    [InlineData("postgresql://lab@db/sandbox?timeout=3", "'timeout=3'")]
    public void What_is_no_address_is_refused_with_what_is_wrong(string typed, string words) =>
        Assert.Contains(words, Assert.Throws<StoreUnusableException>(() => PostgresAddress.Parse(typed)).Message, StringComparison.Ordinal);
}
