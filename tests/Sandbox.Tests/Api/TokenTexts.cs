using Sandbox.Server.Api;

namespace Sandbox.Tests.Api;

/// <summary>What a token looks like.</summary>
public sealed class TokenTexts
{
    [Fact]
    public void A_token_is_found_again_by_its_hash()
    {
        var (text, hash) = TokenText.New();

        Assert.Equal(hash, TokenText.Hash(text));
        Assert.Matches("^sandbox_[A-Za-z0-9_-]{43}$", text);
    }

    [Fact]
    public void Two_tokens_differ() => Assert.NotEqual(TokenText.New().Text, TokenText.New().Text);

    [Theory]
    [InlineData(""), InlineData("sandbox_"), InlineData("sandbox_abc"), InlineData("hunter2"), InlineData("sandbox_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("sandbox_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_has_no_hash(string text) => Assert.Null(TokenText.Hash(text));
}
