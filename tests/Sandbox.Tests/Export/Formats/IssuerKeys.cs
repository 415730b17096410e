using System.Security.Cryptography;
using Sandbox.Server;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Pki;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Export.Formats;

/// <summary><c>pki/badges.key</c>.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class IssuerKeys : IAsyncLifetime
{
    private ServerFolder _folder = null!;

    private string Path => System.IO.Path.Combine(_folder.Folders.Pki, "badges.key");

    private IssuerKeyFile KeyFile => new(_folder.Folders);

    public async ValueTask InitializeAsync() => _folder = await ServerFolder.ReadyAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Before_anything_is_signed_there_is_none()
    {
        Assert.Null(KeyFile.Load());
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void It_is_made_once_and_only_its_owner_reads_it()
    {
        using var first = KeyFile.LoadOrCreate();
        using var second = KeyFile.LoadOrCreate();

        Assert.Equal(first.ToPem(), second.ToPem());
        Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task First_badges_that_are_signed_at_once_share_one()
    {
        using var begin = new Barrier(4);
        string Make()
        {
            begin.SignalAndWait(TestContext.Current.CancellationToken);
            using var key = KeyFile.LoadOrCreate();
            return key.ToPem();
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(Make, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal([await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)], made.Distinct());
        Assert.Single(Directory.GetFiles(_folder.Folders.Pki, "badges.key*"));
    }

    [Fact]
    public async Task One_that_is_damaged_is_told_and_not_made_anew()
    {
        await File.WriteAllTextAsync(Path, "nothing of a key", TestContext.Current.CancellationToken);

        var fault = Assert.Throws<SetupException>(() => KeyFile.LoadOrCreate());

        Assert.Contains("badges.key holds no key", fault.Message, StringComparison.Ordinal);
    }

    // RFC 7518 §3.3: "A key of size 2048 bits or larger MUST be used".
    [Fact]
    public async Task A_short_one_signs_nothing()
    {
        using (var rsa = RSA.Create(1024)) await File.WriteAllTextAsync(Path, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        Assert.Contains("1024 bits", Assert.Throws<SetupException>(() => KeyFile.LoadOrCreate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_of_the_keys_brings_it_back()
    {
        using (KeyFile.LoadOrCreate())
        {
        }
        var before = File.ReadAllText(Path);
        var backup = KeyBackup.Write(_folder.Folders, "correct horse battery");
        File.Delete(Path);

        KeyBackup.PutBack(_folder.Folders, KeyBackup.Read(backup, "correct horse battery"));

        Assert.Equal(before, File.ReadAllText(Path));
        Assert.False(KeyModes.IsWide(Path));
    }

    [Fact]
    public void Its_id_is_the_thumbprint_that_libraries_reckon()
    {
        using var key = IssuerKey.New();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.ToPem());

        var thumbprint = new Microsoft.IdentityModel.Tokens.RsaSecurityKey(rsa).ComputeJwkThumbprint();

        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(thumbprint), (string?)key.PublicJwk()["kid"]);
    }
}
