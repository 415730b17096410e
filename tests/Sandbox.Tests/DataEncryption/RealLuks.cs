using System.Diagnostics;
using Sandbox.Agent.Encryption.Luks;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Tests.DataEncryption;

/// <summary>Volumes that Debian's own cryptsetup makes in a file, which takes no kernel: what we read is what <c>luksDump</c> says.</summary>
public sealed class RealLuks : IDisposable
{
    private const string Passphrase = "S3CRETpassphrase";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("luks2", "aes-xts-plain64", "512"), InlineData("luks2", "aes-xts-plain64", "256"), InlineData("luks1", "aes-xts-plain64", "512"), InlineData("luks1", "aes-cbc-essiv:sha256", "256")]
    public async Task Version_cipher_key_and_uuid_are_those_of_cryptsetup(string type, string cipher, string bits)
    {
        var path = await VolumeAsync("--type", type, "-c", cipher, "-s", bits);
        var dump = await CryptsetupAsync(0, "luksDump", path);

        var header = LuksHeader.Read(path);

        Assert.Equal((type[^1..], cipher, bits, State.Encrypted, 1u), (header.Volume.Version.ToString(), header.Volume.Cipher, header.Volume.KeyBits.ToString(), header.State, header.Volume.KeySlots));
        Assert.Contains(header.Volume.Uuid, dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_slots_and_ways_to_make_keys_are_counted()
    {
        var path = await VolumeAsync("--type", "luks2", "--label", "lab-data");
        _files.With("new", "another");
        await CryptsetupAsync(0, "luksAddKey", "-q", "--key-file", _files.At("key"), "--pbkdf", "argon2id", "--pbkdf-force-iterations", "4", "--pbkdf-memory", "32", path, _files.At("new"));

        var volume = LuksHeader.Read(path).Volume;

        Assert.Equal(("lab-data", 2u, "argon2id,pbkdf2"), (volume.Label, volume.KeySlots, string.Join(',', volume.Kdfs)));
    }

    [Fact]
    public async Task One_changed_byte_of_a_real_header_is_noticed()
    {
        var path = await VolumeAsync("--type", "luks2");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        Assert.Equal("the LUKS header is damaged: its checksum is another", Assert.Throws<IOException>(() => LuksHeader.Read(path)).Message);
    }

    private async Task<string> VolumeAsync(params string[] options)
    {
        Assert.SkipWhen(Program is null, "cryptsetup is not installed here. Type: sudo apt-get install cryptsetup-bin");
        _files.With("key", Passphrase).With("volume", "");
        using (var file = File.OpenWrite(_files.At("volume"))) file.SetLength(20 << 20);
        // luksFormat by itself needs no device-mapper; a key made with few rounds keeps the test short.
        await CryptsetupAsync(0, ["luksFormat", "-q", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", .. options, _files.At("volume"), _files.At("key")]);
        return _files.At("volume");
    }

    private static string? Program => new[] { "/usr/sbin/cryptsetup", "/sbin/cryptsetup" }.FirstOrDefault(File.Exists);

    private static async Task<string> CryptsetupAsync(int code, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == code, said);
        return output;
    }
}
