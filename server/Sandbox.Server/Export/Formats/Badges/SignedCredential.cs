using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// A credential as a compact JWS (Open Badges 3.0 §8.2): the payload is the credential itself with the claims iss, sub, jti and nbf, which say again what
/// it says. The header carries the public key, because the address of a lab is seldom reached from outside.
/// </summary>
internal static class SignedCredential
{
    /// <summary>Signs one.</summary>
    public static string Of(JsonObject credential, IssuerKey key)
    {
        var payload = (JsonObject)credential.DeepClone();
        payload["iss"] = (string?)credential["issuer"]!["id"];
        payload["sub"] = (string?)credential["credentialSubject"]!["id"];
        payload["jti"] = (string?)credential["id"];
        payload["nbf"] = DateTimeOffset.Parse((string)credential["validFrom"]!, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        using var jwk = JsonDocument.Parse(JsonText.Compact(key.PublicJwk()));
        return new JsonWebTokenHandler().CreateToken(Encoding.UTF8.GetString(JsonText.Compact(payload)), key.Signing, new Dictionary<string, object> { ["jwk"] = jwk.RootElement });
    }
}
