using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>The key with which badges are signed: RSA, because RS256 is what every reader of Open Badges 3.0 must know (§8.2.3). It signs nothing else.</summary>
internal sealed class IssuerKey : IDisposable
{
    /// <summary>Length of a new one, in bits: what NIST SP 800-57 holds good beyond 2030.</summary>
    public const int Bits = 3072;

    private readonly RSA _rsa;

    private IssuerKey(RSA rsa) => _rsa = rsa;

    /// <summary>What a library signs with. No id is put on it, because the header of a badge takes no more than OB 3.0 names.</summary>
    public SigningCredentials Signing => new(new RsaSecurityKey(_rsa), SecurityAlgorithms.RsaSha256)
    {
        // What is kept for the next time would hold a key that is disposed by then.
        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
    };

    /// <summary>A new one.</summary>
    public static IssuerKey New() => new(RSA.Create(Bits));

    /// <summary>Reads one.</summary>
    /// <exception cref="CryptographicException">It is none, or too short to sign with RS256 (RFC 7518 §3.3).</exception>
    /// <exception cref="ArgumentException">It is no PEM.</exception>
    public static IssuerKey FromPem(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            _ = rsa.ExportPkcs8PrivateKey();
            return rsa.KeySize >= 2048 ? new IssuerKey(rsa) : throw new CryptographicException($"it has {rsa.KeySize} bits, and RS256 takes 2048 at the least");
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    /// <summary>PKCS#8 in PEM, with the secret.</summary>
    public string ToPem() => _rsa.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The public half as a JWK (RFC 7517), named by its thumbprint (RFC 7638).</summary>
    public JsonObject PublicJwk()
    {
        var numbers = _rsa.ExportParameters(includePrivateParameters: false);
        var (e, n) = (Base64Url.EncodeToString(numbers.Exponent), Base64Url.EncodeToString(numbers.Modulus));
        var thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""")));
        return new JsonObject { ["kty"] = "RSA", ["n"] = n, ["e"] = e, ["alg"] = "RS256", ["use"] = "sig", ["kid"] = thumbprint };
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();
}
