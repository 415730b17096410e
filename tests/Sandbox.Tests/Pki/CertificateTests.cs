using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;
using Sandbox.Server.Pki;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Pki;

public sealed class CertificateTests : IDisposable
{
    private readonly ServerFolder _folder = ServerFolder.Empty();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly CertificateAuthority _authority;
    private readonly DeviceCertificates _devices;

    public CertificateTests()
    {
        _authority = CertificateAuthority.LoadOrCreate(_folder.Folders, _time);
        _devices = new DeviceCertificates(_authority);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_CA_is_P256_and_lives_ten_years()
    {
        using var key = _authority.Certificate.GetECDsaPublicKey()!;

        Assert.Equal(256, key.KeySize);
        Assert.Equal(_time.GetUtcNow().AddYears(10), new DateTimeOffset(_authority.Certificate.NotAfter));
    }

    [Fact]
    public void The_CA_signs_no_further_CA() =>
        Assert.Equal((true, true, 0), _authority.Certificate.Extensions.OfType<X509BasicConstraintsExtension>()
            .Select(x => (x.CertificateAuthority, x.HasPathLengthConstraint, x.PathLengthConstraint)).Single());

    [Fact]
    public void Loaded_again_it_is_the_same_CA()
    {
        using var again = CertificateAuthority.LoadOrCreate(_folder.Folders, _time);

        Assert.Equal(_authority.Pin, again.Pin);
    }

    [Fact]
    public void A_device_certificate_starts_48_hours_back_and_ends_14_days_after_its_issue()
    {
        using var certificate = Device();

        Assert.Equal(_time.GetUtcNow().AddHours(-48), new DateTimeOffset(certificate.NotBefore));
        Assert.Equal(_time.GetUtcNow().AddDays(14), new DateTimeOffset(certificate.NotAfter));
    }

    [Fact]
    public void A_device_certificate_is_for_clients_only()
    {
        using var certificate = Device();

        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], usages.EnhancedKeyUsages.Cast<Oid>().Select(x => x.Value));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public void Serial_numbers_are_positive_of_16_bytes_and_differ()
    {
        var serials = Enumerable.Range(0, 200).Select(_ => Device()).Select(x => x.SerialNumberBytes.ToArray()).ToList();

        Assert.All(serials, x => Assert.Equal((16, true), (x.Length, x[0] is > 0 and < 0x80)));
        Assert.Equal(200, serials.Select(x => Convert.ToHexString(x)).Distinct().Count());
    }

    [Fact]
    public void No_leaf_outlives_the_CA()
    {
        _time.Advance(TimeSpan.FromDays((365 * 10) - 3));

        using var certificate = Device();

        Assert.Equal(_authority.Certificate.NotAfter, certificate.NotAfter);
    }

    [Fact]
    public void The_handshake_lets_our_device_in_even_when_its_certificate_has_ended()
    {
        using var certificate = Device();
        using var chain = new X509Chain { ChainPolicy = _devices.Policy() };
        chain.ChainPolicy.VerificationTime = certificate.NotAfter.AddDays(90);
        chain.ChainPolicy.VerificationTimeIgnored = false;

        Assert.True(chain.Build(certificate));
    }

    [Fact]
    public void The_handshake_refuses_what_another_CA_made()
    {
        using var elsewhere = ServerFolder.Empty();
        using var other = CertificateAuthority.LoadOrCreate(elsewhere.Folders, _time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = X509CertificateLoader.LoadCertificate(new DeviceCertificates(other).Issue(DeviceId.New(), new PublicKey(key)).Der);
        using var chain = new X509Chain { ChainPolicy = _devices.Policy() };

        Assert.False(chain.Build(certificate));
    }

    [Fact]
    public void The_handshake_refuses_the_servers_own_certificate()
    {
        using var chain = new X509Chain { ChainPolicy = _devices.Policy() };

        Assert.False(chain.Build(Server().For("lab.example")));
    }

    [Fact]
    public void The_server_certificate_names_host_machine_and_loopback()
    {
        var names = Server().For("lab.example").Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

        Assert.Equal(["lab.example", Environment.MachineName.ToLowerInvariant(), "localhost"], names.EnumerateDnsNames().Distinct());
        Assert.Equal(["127.0.0.1", "::1"], names.EnumerateIPAddresses().Select(x => x.ToString()));
    }

    [Fact]
    public void The_server_certificate_lives_397_days()
    {
        var certificate = Server().For("lab.example");

        Assert.Equal(TimeSpan.FromDays(397), certificate.NotAfter - certificate.NotBefore);
    }

    [Fact]
    public void The_server_certificate_stays_until_a_third_of_its_life_is_left()
    {
        var server = Server();
        var first = server.For("lab.example");

        _time.Advance(TimeSpan.FromDays(260));
        Assert.Same(first, server.For("lab.example"));
        _time.Advance(TimeSpan.FromDays(10));
        Assert.NotSame(first, server.For("lab.example"));
    }

    [Fact]
    public void Another_host_name_gets_another_server_certificate()
    {
        var first = Server().For("lab.example");

        Assert.NotEqual(first.SerialNumber, Server().For("new.example").SerialNumber);
    }

    [Fact]
    public void After_a_restart_the_server_shows_the_same_certificate() =>
        Assert.Equal(Server().For("lab.example").SerialNumber, Server().For("lab.example").SerialNumber);

    private X509Certificate2 Device()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return X509CertificateLoader.LoadCertificate(_devices.Issue(DeviceId.New(), new PublicKey(key)).Der);
    }

    private ServerCertificate Server() => new(_authority, _folder.Folders, _time, NullLogger<ServerCertificate>.Instance);
}
