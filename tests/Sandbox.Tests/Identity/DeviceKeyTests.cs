using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Agent;
using Sandbox.Agent.Identity;

namespace Sandbox.Tests.Identity;

public sealed class DeviceKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["device.key"];

    [Fact]
    public void A_new_key_is_ecdsa_p256_in_pkcs8()
    {
        using var key = DeviceKey.LoadOrCreate(File);

        Assert.Equal(256, Assert.IsAssignableFrom<ECDsa>(key).KeySize);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_key_comes_back()
    {
        using var made = (ECDsa)DeviceKey.LoadOrCreate(File);

        using var loaded = (ECDsa)DeviceKey.LoadOrCreate(File);

        Assert.Equal(made.ExportSubjectPublicKeyInfo(), loaded.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void An_rsa_key_of_3072_bits_is_taken_and_can_ask_for_a_certificate()
    {
        using (var rsa = RSA.Create(3072)) System.IO.File.WriteAllText(File, rsa.ExportPkcs8PrivateKeyPem());

        using var key = DeviceKey.Load(File);

        var request = CertificateRequest.LoadSigningRequest(KeyPair.Request(key), HashAlgorithmName.SHA256, signerSignaturePadding: RSASignaturePadding.Pkcs1);
        Assert.Equal(((RSA)key).ExportSubjectPublicKeyInfo(), request.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_short_rsa_key_is_not_taken()
    {
        using (var rsa = RSA.Create(2048)) System.IO.File.WriteAllText(File, rsa.ExportPkcs8PrivateKeyPem());

        Assert.Throws<SetupException>(() => DeviceKey.Load(File));
    }

    [Fact]
    public void A_key_of_another_curve_is_not_taken()
    {
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP384)) System.IO.File.WriteAllText(File, key.ExportPkcs8PrivateKeyPem());

        Assert.Throws<SetupException>(() => DeviceKey.Load(File));
    }

    [Theory]
    [InlineData(""), InlineData("not a key"), InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_says_what_to_do(string content)
    {
        System.IO.File.WriteAllText(File, content);

        var fault = Assert.Throws<SetupException>(() => DeviceKey.Load(File));

        Assert.Contains("Move it away and enrol again", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
