using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Sandbox.Agent.Encryption;
using Sandbox.Agent.Encryption.Luks;
using Sandbox.Agent.Encryption.Tls;
using Sandbox.Tests.DamagedMachines;

namespace Sandbox.Tests.DataEncryption;

/// <summary>Whatever lies where it looks, the collector ends with a fact.</summary>
public sealed class DamagedEncryptionFiles : IDisposable
{
    private static readonly string[] Sources =
    [
        "dev/sda5", "etc/crypttab", "proc/swaps", "proc/self/mountinfo", "run/udev/data/b8:5", "etc/nginx/nginx.conf", "etc/ssl/a.pem", "etc/postfix/main.cf", "etc/cups/ssl/a.crt", "root/key",
        "sys/devices/virtual/block/dm-0/dm/uuid", "sys/devices/virtual/block/dm-0/dm/name", "sys/devices/virtual/block/dm-0/slaves", "sys/class/block", "sys/dev/block/253:1",
    ];

    private readonly DiskMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(Damage.Pipe), InlineData(Damage.OtherKind), InlineData(Damage.Circle), InlineData(Damage.Junk), InlineData(Damage.Half), InlineData(Damage.EndlessLine), InlineData(Damage.Empty)]
    public async Task Each_source_may_be_damaged_alone(Damage damage)
    {
        foreach (var source in Sources)
        {
            using var machine = Whole();
            damage.DoTo(machine.Files.At(source));

            var fact = await machine.ReadAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.InRange(fact.CalculateSize(), 1, 1 << 20);
        }
    }

    [Fact]
    public void No_header_breaks_the_reader() => Gen.Select(Gen.Int[0, 16383], Gen.Byte, Gen.Bool).Sample((at, value, one) =>
    {
        var bytes = one ? HeaderBytes.Luks1() : HeaderBytes.Luks2();
        bytes[at % bytes.Length] = value;
        try
        {
            _ = one ? Luks1.Parse(bytes) : Luks2.Parse(bytes);
        }
        catch (IOException)
        {
            // Said in words.
        }
    }, iter: Fuzz.Times(3000), threads: 1);

    [Fact]
    public void No_description_breaks_the_reader() => Gen.Int[0, Pieces.Length - 1].Array[0, 12].Sample(picks =>
    {
        try
        {
            _ = Luks2.Parse(HeaderBytes.Luks2(string.Concat(picks.Select(pick => Pieces[pick])), "[1]"));
        }
        catch (IOException)
        {
            // Said in words.
        }
    }, iter: Fuzz.Times(1000), threads: 1);

    [Fact]
    public void No_byte_of_a_certificate_breaks_the_reader()
    {
        using var key = RSA.Create(2048);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = new CertificateRequest("CN=lab", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, from.AddYears(1));
        var der = made.RawData;

        Gen.Select(Gen.Int[0, der.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var bytes = der.ToArray();
            bytes[at] = value;
            _ = PemCertificates.First(PemEncoding.WriteString("CERTIFICATE", bytes), out var count);
            return count == 1;
        }, iter: Fuzz.Times(2000), threads: 1);
    }

    [Fact]
    public void No_configuration_breaks_the_reader() => Gen.String.Sample(text => ConfigStatements.Of(text, ["ssl_cert"]).All(one => one.Name == "ssl_cert"), iter: Fuzz.Times(1000), threads: 1);

    [Fact]
    public void Options_that_are_shown_are_short_and_plain() => Gen.String.Sample(text => CrypttabOptions.Of([text, $"cipher={text}"]).All(one => one.Length < 120 && one.All(c => c is > ' ' and < '\u007f')), iter: Fuzz.Times(1000), threads: 1);

    private static readonly string[] Pieces = ["{", "}", "\"0\":", "[", "]", "1", "\"type\":", "\"crypt\"", ",", "\"flags\":", "null", "{\"encryption\":3}", "{\"0\":{\"type\":\"crypt\"}}"];

    private static DiskMachine Whole()
    {
        var machine = new DiskMachine().AsDebianInstallsIt();
        machine.Files.With("etc/nginx/nginx.conf", "ssl_certificate /etc/ssl/a.pem;\n").With("etc/ssl/a.pem", "x").With("etc/postfix/main.cf", "smtpd_tls_cert_file = /etc/ssl/a.pem\n").With("etc/cups/ssl/a.crt", "x")
            .With("etc/crypttab", "sda5_crypt /dev/sda5 /root/key luks\n").With("root/key", "x").With("run/udev/data/b8:5", "E:ID_FS_TYPE=crypto_LUKS\n");
        File.WriteAllBytes(machine.Files.At("dev/sda5"), HeaderBytes.Luks2());
        return machine;
    }
}
