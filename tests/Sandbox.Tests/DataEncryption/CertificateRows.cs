using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Tests.DataEncryption;

/// <summary>Certificates that servers' configurations name.</summary>
public sealed class CertificateRows : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly DiskMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_certificate_says_whose_it_is_how_long_and_with_what_key()
    {
        using var certificate = Made("CN=lab.example,O=Lab");
        _machine.Files.With("etc/nginx/nginx.conf", "http {\n  server { listen 443 ssl; ssl_certificate /etc/ssl/lab.pem; ssl_certificate_key /etc/ssl/lab.key; }\n}\n").With("etc/ssl/lab.pem", certificate.ExportCertificatePem());

        var row = (await _machine.ReadAsync()).Certificates.Single();

        Assert.Equal(("nginx", "/etc/ssl/lab.pem", "/etc/nginx/nginx.conf:2", 1u), (row.Server, row.Path, row.NamedIn.Single(), row.Count));
        Assert.Equal(
            new Certificate
            {
                Subject = "CN=lab.example, O=Lab", Issuer = "CN=lab.example, O=Lab", Names = { "lab.example", "192.0.2.7" }, NotBefore = new() { Seconds = From.ToUnixTimeSeconds() },
                NotAfter = new() { Seconds = From.AddDays(90).ToUnixTimeSeconds() }, KeyType = "ECDSA", KeyBits = 256, SignedWith = "sha256ECDSA", SelfSigned = true,
                Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)),
            },
            row.Certificate);
    }

    [Theory]
    [InlineData("nginx", "etc/nginx/nginx.conf", "include sites-enabled/*;", "etc/nginx/sites-enabled/lab", "ssl_certificate 'ssl/a.pem';", "etc/nginx/ssl/a.pem")]
    [InlineData("Apache", "etc/apache2/apache2.conf", "IncludeOptional sites-enabled/*.conf", "etc/apache2/sites-enabled/lab.conf", "<VirtualHost *:443>\n sslcertificatefile \"/etc/ssl/a.pem\"", "etc/ssl/a.pem")]
    [InlineData("Dovecot", "etc/dovecot/dovecot.conf", "!include conf.d/*.conf", "etc/dovecot/conf.d/10-ssl.conf", "ssl = yes\nssl_cert = </etc/dovecot/private/a.pem", "etc/dovecot/private/a.pem")]
    [InlineData("Dovecot", "etc/dovecot/dovecot.conf", "!include_try local.conf", "etc/dovecot/local.conf", "ssl_cert=<private/a.pem", "etc/dovecot/private/a.pem")]
    [InlineData("Postfix", "etc/postfix/main.cf", "smtpd_tls_chain_files =\n  $config_directory/a.pem,\n", null, null, "etc/postfix/a.pem")]
    [InlineData("Postfix", "etc/postfix/main.cf", "smtpd_tls_cert_file=/etc/ssl/a.pem", null, null, "etc/ssl/a.pem")]
    [InlineData("OpenLDAP", "etc/ldap/slapd.d/cn=config.ldif", "olcTLSCertificateFile: /etc/ldap/a.pem", null, null, "etc/ldap/a.pem")]
    [InlineData("CUPS", "etc/cups/cups-files.conf", "NamedCertificate ssl/server.crt", null, null, "etc/cups/ssl/server.crt")]
    public async Task Each_server_names_it_in_its_own_way(string server, string main, string text, string? other, string? more, string certificate)
    {
        using var made = Made("CN=a");
        _machine.Files.With(main, $"# comment\n{text}\n").With(certificate, made.ExportCertificatePem());
        if (other is not null) _machine.Files.With(other, $"{more}\n");

        var row = (await _machine.ReadAsync()).Certificates.Single();

        Assert.Equal((server, $"/{certificate}", "CN=a"), (row.Server, row.Path, row.Certificate?.Subject));
    }

    [Fact]
    public async Task CUPS_makes_its_own_without_being_told()
    {
        using var made = Made("CN=lab-b0007");
        _machine.Files.With("etc/cups/ssl/lab-b0007.crt", made.ExportCertificatePem()).With("etc/cups/ssl/lab-b0007.key", "S3CRET");

        Assert.Equal("/etc/cups/ssl/lab-b0007.crt", (await _machine.ReadAsync()).Certificates.Single().Path);
    }

    [Fact]
    public async Task A_private_key_beside_the_certificate_is_passed_over()
    {
        using var made = Made("CN=a");
        using var key = made.GetECDsaPrivateKey()!;
        var secret = key.ExportPkcs8PrivateKeyPem();
        _machine.Files.With("etc/postfix/main.cf", "smtpd_tls_chain_files = /etc/both.pem\n").With("etc/both.pem", $"{secret}\n{made.ExportCertificatePem()}\n{made.ExportCertificatePem()}\n");

        var fact = await _machine.ReadAsync();

        Assert.Equal(2u, fact.Certificates.Single().Count);
        Assert.DoesNotContain(secret.Split('\n')[1][..40], fact.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "no certificate in PEM"), InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "the first certificate in it is damaged"), InlineData(null, "not present")]
    public async Task What_cannot_be_read_is_named_and_not_left_out(string? text, string why)
    {
        _machine.Files.With("etc/nginx/nginx.conf", "ssl_certificate /a.pem;");
        if (text is not null) _machine.Files.With("a.pem", text);

        var fact = await _machine.ReadAsync();

        Assert.Null(fact.Certificates.Single().Certificate);
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/a.pem" && unseen.Why == why);
    }

    [Fact]
    public async Task A_name_that_is_made_for_every_connection_is_said_to_be_so()
    {
        _machine.Files.With("etc/nginx/nginx.conf", "ssl_certificate /etc/ssl/$ssl_server_name.pem;\n");

        var fact = await _machine.ReadAsync();

        Assert.Empty(fact.Certificates);
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/etc/nginx/nginx.conf:1");
    }

    [Fact]
    public async Task Configurations_that_include_themselves_come_to_an_end()
    {
        _machine.Files.With("etc/nginx/nginx.conf", "include nginx.conf; include *;\nssl_certificate /a.pem;\n");

        Assert.Single((await _machine.ReadAsync()).Certificates);
    }

    [Fact]
    public async Task A_setting_that_is_commented_out_or_only_looks_alike_names_nothing()
    {
        _machine.Files.With("etc/nginx/nginx.conf", "# ssl_certificate /a.pem;\nssl_certificate_key /b.pem;\nlog_format x 'ssl_certificate /c.pem';\n");

        Assert.Empty((await _machine.ReadAsync()).Certificates);
    }

    private static X509Certificate2 Made(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("lab.example");
        names.AddIpAddress(IPAddress.Parse("192.0.2.7"));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(From, From.AddDays(90));
    }
}
