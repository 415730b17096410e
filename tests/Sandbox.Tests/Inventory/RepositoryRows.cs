using CsCheck;
using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

/// <summary>Where software is fetched from, without the passwords in it.</summary>
public sealed class RepositoryRows : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_line_of_sources_list_has_every_field()
    {
        _files.With("etc/apt/sources.list", "# text\ndeb [ arch=amd64 signed-by=/usr/share/keyrings/x.gpg trusted=yes ] https://deb.example.org/debian bookworm main contrib # why\n");

        var one = (await ReadAsync()).Repositories.Single();

        Assert.Equal(("deb", "https://deb.example.org/debian", "bookworm"), (one.Type, one.Uri, one.Suite));
        Assert.Equal(["main", "contrib"], one.Components);
        Assert.Equal(("/usr/share/keyrings/x.gpg", true, true), (one.SignedBy, one.UnsignedAccepted, one.Enabled));
        Assert.Equal(("/etc/apt/sources.list", 2u), (one.Path, one.Line));
    }

    [Fact]
    public async Task A_line_without_options_says_nothing_of_keys()
    {
        _files.With("etc/apt/sources.list", "deb-src http://deb.example.org/debian ./\n");

        var one = (await ReadAsync()).Repositories.Single();

        Assert.Equal(("deb-src", "./", 0), (one.Type, one.Suite, one.Components.Count));
        Assert.False(one.HasSignedBy || one.HasUnsignedAccepted);
    }

    [Fact]
    public async Task A_cd_with_blanks_in_its_name_is_one_address()
    {
        _files.With("etc/apt/sources.list", "deb cdrom:[Debian GNU/Linux 12 _Bookworm_ - DVD]/ bookworm main\n");

        Assert.Equal("cdrom:[Debian GNU/Linux 12 _Bookworm_ - DVD]/", (await ReadAsync()).Repositories.Single().Uri);
    }

    [Fact]
    public async Task A_stanza_is_every_type_with_every_address_and_every_suite()
    {
        _files.With(
            "etc/apt/sources.list.d/debian.sources",
            "\nTypes: deb deb-src\n# text\nURIs: http://a.example/debian\n http://b.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\nEnabled: no\n");

        var all = (await ReadAsync()).Repositories;

        Assert.Equal(8, all.Count);
        Assert.Equal(8, all.Select(one => (one.Type, one.Uri, one.Suite)).Distinct().Count());
        Assert.All(all, one => Assert.Equal(("/k.gpg", false, 2u), (one.SignedBy, one.Enabled, one.Line)));
    }

    [Fact]
    public async Task A_key_that_stands_in_the_stanza_is_called_embedded()
    {
        _files.With(
            "etc/apt/sources.list.d/x.sources",
            "Types: deb\nURIs: http://a.example/\nSuites: /\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBGP\n -----END PGP PUBLIC KEY BLOCK-----\n");

        Assert.Equal("embedded", (await ReadAsync()).Repositories.Single().SignedBy);
    }

    [Fact]
    public async Task Files_with_other_endings_are_passed_over_as_apt_does()
    {
        _files.With("etc/apt/sources.list.d/x.list.save", "deb http://a.example/ x main\n").With("etc/apt/sources.list.d/y.list", "deb http://b.example/ y main\n");

        Assert.Equal(["http://b.example/"], (await ReadAsync()).Repositories.Select(one => one.Uri));
    }

    [Fact]
    public async Task A_section_of_a_repo_file_has_every_field()
    {
        _files.With("etc/yum.repos.d/fedora.repo", "[main]\nbaseurl=http://never.example/\n[fedora]\nname=Fedora\nmetalink=https://m.example/metalink?repo=fedora\nenabled=1\ngpgcheck=0\ngpgkey=file:///etc/pki/k\n");

        var one = (await ReadAsync()).Repositories.Single();

        Assert.Equal(("rpm", "https://m.example/metalink", "fedora"), (one.Type, one.Uri, one.Suite));
        Assert.Equal((true, true, "file:///etc/pki/k"), (one.Enabled, one.UnsignedAccepted, one.SignedBy));
        Assert.Equal(("/etc/yum.repos.d/fedora.repo", 3u), (one.Path, one.Line));
    }

    [Theory]
    [InlineData("http://host.example:8080/a/b", "http://host.example:8080/a/b")]
    [InlineData("https://user:planted@host.example/debian", "https://host.example/debian")]
    [InlineData("https://planted@host.example/debian", "https://host.example/debian")]
    [InlineData("https://planted:@host.example", "https://host.example")]
    [InlineData("https://user:plan@ted@host.example/debian", "https://host.example/debian")]
    [InlineData("https://user:pl/anted@host.example/debian", "https://withheld")]
    [InlineData("https://user:pl?anted@host.example/debian", "https://host.example/debian")]
    [InlineData("https://host.example/debian?token=planted", "https://host.example/debian")]
    [InlineData("https://host.example?token=planted", "https://withheld")]
    [InlineData("https://host.example/d#planted", "https://host.example/d")]
    [InlineData("user:planted@host.example:/debian", "withheld")]
    [InlineData("file:/srv/mirror", "file:/srv/mirror")]
    [InlineData("https://user:pl]anted host.example/debian", "https://withheld"), InlineData("https://user:48151623 host.example/debian", "https://withheld")]
    [InlineData("https://user:planted host.example/debian", "https://withheld"), InlineData("https://host.example:8443/debian", "https://host.example:8443/debian")]
    [InlineData("https://[2001:db8::1]:8443/debian", "https://[2001:db8::1]:8443/debian"), InlineData("https://[2001:db8::1]/debian", "https://[2001:db8::1]/debian")]
    public void An_address_is_shown_without_its_secret(string written, string shown) => Assert.Equal(shown, RepositoryAddress.Of(written));

    [Fact]
    public async Task No_planted_secret_of_any_source_comes_into_the_fact()
    {
        _files.With("etc/apt/sources.list", "deb http://me:planted@a.example/ x main\ndeb [signed-by=/k] http://planted@a.example/ x\ndeb signed-by=/k] http://me:planted@a.example/ x\ndeb a b http://me:planted@a.example/ x\n")
            .With("etc/apt/sources.list.d/x.sources", "Types: deb\nURIs: https://me:planted@a.example/\n https://me:pl/planted@b.example/\nSuites: x https://me:planted@a.example/\nComponents: https://me:planted@a.example/\nSigned-By: /k\n https://me:planted@a.example/\n\nTypes: deb\n https://me:planted@a.example/\nURIs: https://a.example/\nSuites: x\n")
            .With("etc/apt/auth.conf", "machine a.example login me password planted\n")
            .With("etc/yum.repos.d/x.repo", "[x]\nbaseurl=https://me:planted@a.example/ https://a.example/?key=planted\nusername=me\npassword=planted\nproxy_password=planted\ngpgkey=https://me:planted@a.example/k\n")
            .With("etc/zypp/credentials.d/SCCcredentials", "username=SCC_1\npassword=planted\n")
            .With("var/lib/ubuntu-advantage/status.json", """{"attached":true,"machineToken":"planted","services":[{"name":"esm-infra","status":"enabled","token":"planted"}]}""");

        var bytes = (await ReadAsync()).ToString();

        Assert.Contains("a.example", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_200_the_rest_is_named()
    {
        _files.With("etc/apt/sources.list", string.Concat(Enumerable.Range(0, 300).Select(n => $"deb http://a.example/{n} x main\n")));

        var software = await ReadAsync();

        Assert.Equal(200, software.Repositories.Count);
        Assert.Contains(software.Unseen, one => one.Why.StartsWith("more than 200", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_text_is_read_without_a_fault() => Gen.OneOf(Gen.String, Gen.String["deb [=]:/ \n#-TypesURI@"]).Sample(text =>
    {
        _ = AptLines.Parse(text, "/x").Concat(AptStanzas.Parse(text, "/x")).Concat(YumRepositories.Parse(text, "/x")).Sum(one => one.CalculateSize());
        _ = RepositoryAddress.Of(text);
    }, iter: Fuzz.Times(2000));

    private async Task<Software> ReadAsync() =>
        (await new LinuxSoftware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Software;
}
