using Sandbox.Agent.Accounts;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.LocalAccounts;

public sealed class StoredPasswords
{
    // 43 characters, as yescrypt and SHA-256 write; no password is known for it.
    private const string Hash = "D0Zofm.ll7HGgkan2lVJGrzD8u/q5gy6Gw3ocZLBxv2";

    [Theory]
    [InlineData("", PasswordState.Empty)]
    [InlineData("*", PasswordState.None), InlineData("!", PasswordState.None), InlineData("!!", PasswordState.None)]
    [InlineData("!*", PasswordState.None), InlineData("*LK*", PasswordState.None), InlineData("!locked", PasswordState.None)]
    [InlineData("!$6$salt$" + Hash, PasswordState.Locked), InlineData("!!$6$salt$" + Hash, PasswordState.Locked)]
    [InlineData("$6$salt$" + Hash, PasswordState.Set)]
    [InlineData("x", PasswordState.Invalid), InlineData("0fcf3792f5fffc4fcd1801fab37e0470c66d46cb0f01", PasswordState.Invalid)]
    public void The_field_says_whether_a_password_can_match(string field, PasswordState expected) =>
        Assert.Equal(expected, StoredPassword.Read(field).State);

    [Theory]
    [InlineData("$y$j9T$b2U8B7Xnc9NHyBosDawp/.$" + Hash, HashScheme.Yescrypt)]
    [InlineData("$gy$j9T$b2U8B7Xnc9NHyBosDawp/.$" + Hash, HashScheme.GostYescrypt)]
    [InlineData("$7$CU..../....salt$" + Hash, HashScheme.Scrypt)]
    [InlineData("$2b$12$saltsaltsaltsaltsaltse" + Hash, HashScheme.Bcrypt), InlineData("$2y$05$x", HashScheme.Bcrypt)]
    [InlineData("$6$salt$" + Hash, HashScheme.Sha512), InlineData("$5$salt$" + Hash, HashScheme.Sha256)]
    [InlineData("$sha1$40000$salt$" + Hash, HashScheme.Sha1), InlineData("$md5,rounds=904$salt$$" + Hash, HashScheme.SunMd5)]
    [InlineData("$md5$salt$" + Hash, HashScheme.SunMd5), InlineData("$1$salt$" + Hash, HashScheme.Md5)]
    [InlineData("_J9..SaltHashHashHas", HashScheme.BsdiDes), InlineData("abJnggxhB/yWI", HashScheme.Des)]
    [InlineData("$3$$8846f7eaee8fb117ad06bdd830b7586c", HashScheme.Nt), InlineData("$argon2id$v=19$x", HashScheme.Unrecognised)]
    public void Every_scheme_of_crypt_is_known_by_its_prefix(string field, HashScheme expected) =>
        Assert.Equal(expected, StoredPassword.Read(field).Scheme);

    [Theory]
    [InlineData("$6$rounds=656000$salt$" + Hash, "rounds=656000"), InlineData("$6$salt$" + Hash, null)]
    [InlineData("$5$rounds=5000$salt$" + Hash, "rounds=5000"), InlineData("$md5,rounds=904$salt$$" + Hash, "rounds=904")]
    [InlineData("$2b$12$saltsaltsaltsaltsaltse" + Hash, "12"), InlineData("$sha1$40000$salt$" + Hash, "40000")]
    [InlineData("$y$j9T$b2U8B7Xnc9NHyBosDawp/.$" + Hash, "j9T"), InlineData("$1$salt$" + Hash, null)]
    public void The_cost_is_what_the_hash_carries(string field, string? expected) => Assert.Equal(expected, StoredPassword.Read(field).Cost);

    [Theory]
    [InlineData("$y$SALTSALT$" + Hash), InlineData("$y$SALTSALT"), InlineData("$6$rounds=SALT$" + Hash), InlineData("$2b$SALT$" + Hash)]
    [InlineData("$6$rounds=12SALT$x$" + Hash), InlineData("$md5,SALT$" + Hash), InlineData("$y$SALTSALTSALTSALTSALT$x$" + Hash)]
    public void A_damaged_hash_gives_no_cost_that_might_be_a_salt(string field) => Assert.Null(StoredPassword.Read(field).Cost);

    [Fact]
    public void A_locked_hash_keeps_its_scheme() => Assert.Equal(HashScheme.Yescrypt, StoredPassword.Read("!$y$j9T$salt$" + Hash).Scheme);
}
