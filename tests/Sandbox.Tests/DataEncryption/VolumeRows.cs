using Sandbox.Protocol;
using static Sandbox.Protocol.CrypttabEntry.Types;
using State = Sandbox.Protocol.DataPlace.Types.State;

namespace Sandbox.Tests.DataEncryption;

/// <summary>LUKS headers, udev's notes of them, and crypttab.</summary>
public sealed class VolumeRows : IDisposable
{
    private readonly DiskMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task An_open_volume_says_what_its_header_says()
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks2(tokens: """{"0":{"type":"systemd-tpm2","keyslots":["1"],"tpm2-blob":"AAAA"}}""", label: "lab-data"));

        var volume = (await _machine.ReadAsync()).Volumes.Single();

        Assert.Equal(
            new LuksVolume
            {
                Device = "sda5", Version = 2, Uuid = HeaderBytes.Uuid, Label = "lab-data", Open = true, MappedNames = { "sda5_crypt" }, Cipher = "aes-xts-plain64", KeyBits = 512, KeySlots = 2,
                Kdfs = { "argon2id", "pbkdf2" }, Tokens = { "systemd-tpm2" }, Whole = true,
            },
            volume);
    }

    [Fact]
    public async Task LUKS1_has_numbers_at_fixed_places()
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks1());

        Assert.Equal(
            new LuksVolume { Device = "sda5", Version = 1, Uuid = HeaderBytes.Uuid, Open = true, MappedNames = { "sda5_crypt" }, Cipher = "aes-xts-plain64", KeyBits = 512, KeySlots = 1, Kdfs = { "pbkdf2" }, Whole = true },
            (await _machine.ReadAsync()).Volumes.Single());
    }

    [Theory]
    [InlineData("crypt", "cipher_null-ecb", State.Clear), InlineData("linear", "", State.Clear), InlineData("hw-opal", "", State.Encrypted)]
    public async Task A_header_that_names_no_cipher_makes_its_data_clear(string type, string cipher, State state)
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks2(HeaderBytes.Segment(type, cipher)));

        var fact = await _machine.ReadAsync();

        Assert.Equal((state, state == State.Encrypted), (fact.Places.Single(place => place.Path == "/").State, fact.Volumes.Single().Whole));
    }

    [Fact]
    public async Task The_null_cipher_of_LUKS1_makes_its_data_clear()
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks1("cipher_null"));

        var place = await _machine.PlaceAsync("/");

        Assert.Equal((State.Clear, "its LUKS header names the null cipher, which encrypts nothing"), (place.State, place.Why));
    }

    [Fact]
    public async Task A_volume_that_is_being_encrypted_is_partly()
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks2("""{"0":{"type":"crypt","encryption":"aes-xts-plain64"},"1":{"type":"linear"},"2":{"type":"linear","flags":["backup-previous"]}}"""));

        Assert.Equal(State.Partly, (await _machine.PlaceAsync("/")).State);
    }

    [Fact]
    public async Task A_copy_of_what_was_before_does_not_count()
    {
        _machine.AsDebianInstallsIt();
        Header(HeaderBytes.Luks2("""{"0":{"type":"crypt","encryption":"aes-xts-plain64"},"1":{"type":"linear","flags":["backup-previous"]}}"""));

        Assert.Equal(State.Encrypted, (await _machine.PlaceAsync("/")).State);
    }

    [Theory]
    [InlineData(500, "the LUKS header is damaged: its checksum is another"), InlineData(0, "no LUKS header"), InlineData(7, "a LUKS header of version 253, which is not known"), InlineData(8, "the LUKS header says an absurd size of itself"), InlineData(4200, "the LUKS header is damaged: its checksum is another")]
    public async Task A_damaged_header_is_named_and_the_open_volume_stays(int at, string why)
    {
        _machine.AsDebianInstallsIt();
        var bytes = HeaderBytes.Luks2();
        bytes[at] ^= 0xFF;
        // The checksum's own field does not count for itself but for what it says.
        if (at == 500) bytes[450] ^= 0xFF;
        Header(bytes);

        var fact = await _machine.ReadAsync();

        Assert.Contains(fact.Unseen, unseen => unseen.What == "/dev/sda5" && unseen.Why == why);
        Assert.Equal((true, false, State.Encrypted), (fact.Volumes.Single().Open, fact.Volumes.Single().HasCipher, fact.Places[0].State));
    }

    [Fact]
    public void A_text_that_is_no_UTF8_is_left_out_of_the_description()
    {
        var bytes = HeaderBytes.Luks2();
        bytes[bytes.AsSpan().IndexOf("argon2id"u8)] = 0xA5;

        var volume = Agent.Encryption.Luks.Luks2.Parse(bytes).Volume;

        Assert.Equal(["pbkdf2"], volume.Kdfs);
        Assert.Equal(HeaderBytes.Uuid, volume.Uuid);
    }

    [Fact]
    public async Task Udev_tells_of_a_volume_that_nobody_opened_without_waking_its_disk()
    {
        _machine.Device("sdb", "8:16").Files.With("run/udev/data/b8:16", $"S:disk/by-label/stick\nE:ID_FS_TYPE=crypto_LUKS\nE:ID_FS_VERSION=2\nE:ID_FS_UUID={HeaderBytes.Uuid}\nE:ID_FS_LABEL=stick\n");
        await File.WriteAllBytesAsync(_machine.Files.At("dev/sdb"), HeaderBytes.Luks2(), TestContext.Current.CancellationToken);

        Assert.Equal(new LuksVolume { Device = "sdb", Version = 2, Uuid = HeaderBytes.Uuid, Label = "stick", Open = false }, (await _machine.ReadAsync()).Volumes.Single());
    }

    [Fact]
    public async Task A_volume_in_a_file_and_a_header_of_its_own_are_found_through_crypttab()
    {
        _machine.Device("sdb", "8:16").Files.With("etc/crypttab", "box /var/box.img none luks\nfar /dev/sdb none luks,header=/root/far.hdr\n").With("var/box.img", "").With("root/far.hdr", "").With("dev/sdb", "");
        await File.WriteAllBytesAsync(_machine.Files.At("var/box.img"), HeaderBytes.Luks1(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_machine.Files.At("root/far.hdr"), HeaderBytes.Luks2(), TestContext.Current.CancellationToken);

        Assert.Equal([("/var/box.img", 1u), ("sdb", 2u)], (await _machine.ReadAsync()).Volumes.Select(volume => (volume.Device, volume.Version)));
    }

    [Fact]
    public async Task Each_line_of_crypttab_says_how_it_gets_its_key()
    {
        _machine.AsDebianInstallsIt().Files.WithFolder("root").With("root/key", "S3CRET").With("etc/crypttab",
            "# comment\n\nsda5_crypt UUID=a none luks,discard,tries=3\ndata /dev/sdb1 /root/key luks,header=/root/h\nswap /dev/sda2 /dev/urandom swap,cipher=aes-xts-plain64,size=512\ngone LABEL=x /root/nokey\nnet /dev/sdc S3CRET luks\nscript /dev/sdd S3CRET keyscript=/bin/echo\n");
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(_machine.Files.At("root/key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var entries = (await _machine.ReadAsync()).Crypttab;

        Assert.Equal(
            [
                new CrypttabEntry { Name = "sda5_crypt", Device = "UUID=a", Key = Key.Asked, Options = { "discard", "luks", "tries=3" }, Open = true },
                new CrypttabEntry { Name = "data", Device = "/dev/sdb1", Key = Key.File, KeyFile = "/root/key", KeyFilePresent = true, KeyFileLies = State.Encrypted, KeyFileReadableByAll = true, Options = { "header=/root/h", "luks" }, Open = false },
                new CrypttabEntry { Name = "swap", Device = "/dev/sda2", Key = Key.Random, Options = { "cipher=aes-xts-plain64", "size=512", "swap" }, Open = false },
                new CrypttabEntry { Name = "gone", Device = "LABEL=x", Key = Key.File, KeyFile = "/root/nokey", KeyFilePresent = false, Open = false },
                new CrypttabEntry { Name = "net", Device = "/dev/sdc", Key = Key.Unspecified, Options = { "luks" }, Open = false },
                new CrypttabEntry { Name = "script", Device = "/dev/sdd", Key = Key.Script, Options = { "keyscript=/bin/echo" }, Open = false },
            ],
            entries);
    }

    [Fact]
    public async Task Options_that_may_be_secret_and_keys_stay_on_the_device()
    {
        _machine.Files.With("etc/crypttab", "a /dev/sda S3CRET luks,pkcs11-uri=pkcs11:token=x?pin-value=S3CRET,password=S3CRET,S3CRET,cipher=S3CRET$\nb https://elif:S3CRET@x/y /root/k luks\n").With("root/k", "S3CRET");

        var fact = await _machine.ReadAsync();

        Assert.Equal(2, fact.Crypttab.Count);
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_none_is_named()
    {
        _machine.Files.With("etc/crypttab", "alone\n");

        Assert.Contains((await _machine.ReadAsync()).Unseen, unseen => unseen is { What: "/etc/crypttab", Why: "line 1 is no entry" });
    }

    private void Header(byte[] bytes) => File.WriteAllBytes(_machine.Files.At("dev/sda5"), bytes);
}
