using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Badges;

namespace Sandbox.Tests.Export.Formats;

/// <summary>A credential as a compact JWS.</summary>
public sealed class SignedCredentials : IDisposable
{
    private readonly IssuerKey _key = IssuerKey.New();
    private readonly JsonObject _badge = Badge.Of(Record.Complete().Filled, Record.Framework).Single().Credential;

    private string[] Parts => SignedCredential.Of(_badge, _key).Split('.');

    public void Dispose() => _key.Dispose();

    // Open Badges 3.0 §8.2.3: "Additional JOSE Headers are NOT allowed."
    [Fact]
    public void Its_header_has_what_Open_Badges_names_and_no_more()
    {
        var header = Part(0);

        Assert.Equal(["alg", "jwk", "typ"], header.Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("RS256", "JWT"), ((string?)header["alg"], (string?)header["typ"]));
    }

    [Fact]
    public void Its_header_gives_the_public_key_and_never_the_private_one() =>
        Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], Part(0)["jwk"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Its_claims_say_again_what_the_credential_says()
    {
        var payload = Part(1);

        Assert.Equal("https://lab.example:7443/issuer", (string?)payload["iss"]);
        Assert.Equal($"urn:uuid:{Record.Elif}", (string?)payload["sub"]);
        Assert.Equal((string?)_badge["id"], (string?)payload["jti"]);
        Assert.Equal(DateTimeOffset.Parse((string)_badge["validFrom"]!, null).ToUnixTimeSeconds(), (long?)payload["nbf"]);
    }

    [Fact]
    public void Its_payload_is_the_credential_beside_the_claims()
    {
        var payload = Part(1);
        foreach (var claim in new[] { "iss", "sub", "jti", "nbf" }) payload.Remove(claim);

        Assert.True(JsonNode.DeepEquals(_badge, payload));
    }

    [Fact]
    public void The_key_signed_it_and_nothing_else()
    {
        var (parts, jwk) = (Parts, _key.PublicJwk());
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars((string)jwk["n"]!), Exponent = Base64Url.DecodeFromChars((string)jwk["e"]!) });

        Assert.True(Holds(rsa, $"{parts[0]}.{parts[1]}", parts[2]));
        Assert.False(Holds(rsa, $"{parts[0]}.{parts[1][..^4]}AAAA", parts[2]));
    }

    // A library that keeps what it signed with would sign with a key that was disposed.
    [Fact]
    public void The_same_key_signs_again_after_it_was_read_anew()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var key = IssuerKey.FromPem(_key.ToPem());
            tokens.Add(SignedCredential.Of(_badge, key));
        }

        Assert.Equal(tokens[0], tokens[1]);
    }

    private static bool Holds(RSA key, string signed, string signature) =>
        key.VerifyData(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private JsonObject Part(int place) => JsonNode.Parse(Base64Url.DecodeFromChars(Parts[place]))!.AsObject();
}
