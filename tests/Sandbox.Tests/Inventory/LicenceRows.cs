using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.Licence.Types;

namespace Sandbox.Tests.Inventory;

/// <summary>Subscriptions that a machine knows of.</summary>
public sealed class LicenceRows : IDisposable
{
    private const string Pro = "var/lib/ubuntu-advantage/status.json";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_attached_ubuntu_pro_has_holder_expiry_and_services()
    {
        _files.With(Pro, """
            {"attached": true, "expires": "2027-05-01T00:00:00+00:00", "account": {"name": "Lab GmbH", "id": "a"},
             "services": [{"name": "livepatch", "status": "enabled"}, {"name": "esm-infra", "status": "enabled"}, {"name": "fips", "status": "disabled"}]}
            """);

        var licence = (await ReadAsync()).Licences.Single();

        Assert.Equal(("Ubuntu Pro", State.Attached, "Lab GmbH"), (licence.Name, licence.State, licence.Holder));
        Assert.Equal(new DateTimeOffset(2027, 5, 1, 0, 0, 0, TimeSpan.Zero), licence.ExpiresAt.ToDateTimeOffset());
        Assert.Equal(["esm-infra", "livepatch"], licence.Services);
    }

    [Fact]
    public async Task A_free_subscription_never_expires()
    {
        _files.With(Pro, """{"attached": true, "expires": "9999-12-31T00:00:00+00:00"}""");

        Assert.Null((await ReadAsync()).Licences.Single().ExpiresAt);
    }

    [Fact]
    public async Task A_machine_that_is_not_attached_says_so()
    {
        _files.With(Pro, """{"attached": false, "expires": "n/a", "account": {"name": ""}, "services": [{"name": "esm-infra", "available": "yes"}]}""");

        var licence = (await ReadAsync()).Licences.Single();

        Assert.Equal((State.NotAttached, false), (licence.State, licence.HasHolder));
    }

    [Theory]
    [InlineData("{\"attached\": tr"), InlineData("[1]"), InlineData("3"), InlineData("")]
    public async Task Another_text_in_its_place_is_named(string text)
    {
        _files.With(Pro, text);

        var software = await ReadAsync();

        Assert.Empty(software.Licences);
        Assert.Contains(software.Unseen, one => one.What == "/" + Pro);
    }

    [Fact]
    public async Task Red_hat_is_attached_by_its_consumer_certificate_until_the_last_entitlement_ends()
    {
        var ends = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        _files.WithFolder("etc/rhsm").With("etc/pki/consumer/cert.pem", "x").With("etc/pki/entitlement/1.pem", Certificate(ends))
            .With("etc/pki/entitlement/2.pem", Certificate(ends.AddDays(-9))).With("etc/pki/entitlement/1-key.pem", "planted");

        var software = await ReadAsync();

        var licence = software.Licences.Single();
        Assert.Equal(("Red Hat subscription", State.Attached, ends), (licence.Name, licence.State, licence.ExpiresAt.ToDateTimeOffset()));
        Assert.DoesNotContain(software.Unseen, one => one.What.Contains("entitlement", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Red_hats_tools_without_a_registration_are_not_attached()
    {
        _files.WithFolder("etc/rhsm");

        Assert.Equal(State.NotAttached, (await ReadAsync()).Licences.Single().State);
    }

    [Fact]
    public async Task An_entitlement_that_is_no_certificate_is_named()
    {
        _files.WithFolder("etc/rhsm").With("etc/pki/consumer/cert.pem", "x").With("etc/pki/entitlement/1.pem", "junk");

        var software = await ReadAsync();

        Assert.Null(software.Licences.Single().ExpiresAt);
        Assert.Contains(software.Unseen, one => one is { What: "/etc/pki/entitlement/1.pem", Why: "not a certificate" });
    }

    [Fact]
    public async Task Suse_is_attached_when_its_credentials_are_there()
    {
        _files.With("etc/zypp/credentials.d/SCCcredentials", "password=planted\n");

        Assert.Equal(("SUSE subscription", State.Attached), (await ReadAsync()).Licences.Select(one => (one.Name, one.State)).Single());
    }

    private static string Certificate(DateTimeOffset ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSelfSigned(ends.AddYears(-1), ends);
        return certificate.ExportCertificatePem();
    }

    private async Task<Software> ReadAsync() =>
        (await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;
}
