using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using NSec.Cryptography;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>A software authenticator: it does what a security key and a browser do together when somebody signs (WebAuthn Level 3, sections 5.8.1 and 6.3.3).</summary>
public sealed class Passkey
{
    private readonly int _algorithm;
    private readonly byte[] _publicKey;
    private readonly Func<byte[], byte[]> _sign;

    public Passkey(int algorithm)
    {
        _algorithm = algorithm;
        switch (algorithm)
        {
            case -7:
                var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                (_publicKey, _sign) = (ec.ExportSubjectPublicKeyInfo(), message => ec.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
                break;
            case -8:
                var key = Key.Create(SignatureAlgorithm.Ed25519);
                (_publicKey, _sign) = (key.PublicKey.Export(KeyBlobFormat.PkixPublicKey), message => SignatureAlgorithm.Ed25519.Sign(key, message));
                break;
            default:
                var rsa = RSA.Create(2048);
                (_publicKey, _sign) = (rsa.ExportSubjectPublicKeyInfo(), message => rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
                break;
        }
    }

    public string RelyingParty { get; set; } = "lab.example";

    public string Origin { get; set; } = "https://sandbox.lab.example:7443";

    public string Type { get; set; } = "webauthn.get";

    public bool IsWithinAnotherSite { get; set; }

    /// <summary>User present (1), user verified (4).</summary>
    public byte Flags { get; set; } = 0x05;

    public SignedDecision Sign(LineDecided decided)
    {
        var decision = decided.ToByteArray();
        var challenge = Convert.ToBase64String(SHA256.HashData(decision)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var client = Encoding.UTF8.GetBytes($$"""{"type":"{{Type}}","challenge":"{{challenge}}","origin":"{{Origin}}","crossOrigin":{{(IsWithinAnotherSite ? "true" : "false")}}}""");
        byte[] authenticator = [.. SHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty)), Flags, 0, 0, 0, 7];
        return new SignedDecision
        {
            Decision = ByteString.CopyFrom(decision), PublicKey = ByteString.CopyFrom(_publicKey), Algorithm = _algorithm, AuthenticatorData = ByteString.CopyFrom(authenticator),
            ClientDataJson = ByteString.CopyFrom(client), Signature = ByteString.CopyFrom(_sign([.. authenticator, .. SHA256.HashData(client)])), RelyingParty = "lab.example",
        };
    }
}
