using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of encryption in words.</summary>
public sealed class EncryptionSheets
{
    [Fact]
    public void A_place_says_what_encrypts_it()
    {
        var fact = new Encryption { Places = { new DataPlace { Path = "/", State = State.Encrypted, Type = "ext4", By = { Scheme.Luks2 }, LiesOn = { "dm-0", "sda5" } } } };

        Assert.Equal(["/", "encrypted", "LUKS2", "ext4", "dm-0, sda5"], Cells(fact, "Where data lies"));
    }

    [Fact]
    public void What_is_not_known_is_neither_encrypted_nor_clear()
    {
        var fact = new Encryption { Places = { new DataPlace { Path = "/srv", Type = "zfs", Why = "ZFS tells its own program alone" } } };

        Assert.Equal("not known: ZFS tells its own program alone", Cells(fact, "Where data lies")[1]);
    }

    [Fact]
    public void A_key_beside_the_data_is_said_so()
    {
        var fact = new Encryption
        {
            Crypttab = { new CrypttabEntry { Name = "data", Device = "/dev/sdb", Key = CrypttabEntry.Types.Key.File, KeyFile = "/boot/key", KeyFilePresent = true, KeyFileLies = State.Clear, KeyFileReadableByAll = true } },
        };

        Assert.Equal(["data", "/dev/sdb", "/boot/key, which lies in the clear, which everybody may read", null, "none"], Cells(fact, "/etc/crypttab"));
    }

    [Fact]
    public void A_volume_that_is_not_all_encrypted_is_said_so()
    {
        var fact = new Encryption { Volumes = { new LuksVolume { Device = "sda5", Label = "lab", Version = 2, Open = false, Cipher = "aes-xts-plain64", KeyBits = 512, KeySlots = 1, Kdfs = { "argon2id" }, Whole = false } } };

        Assert.Equal(["sda5 (lab)", "LUKS2", "no", "aes-xts-plain64, key of 512 bits, not all of it", "1 key slot, argon2id", null], Cells(fact, "LUKS volumes"));
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_has_no_dates()
    {
        var fact = new Encryption { Certificates = { new NamedCertificate { Server = "nginx", Path = "/a.pem", NamedIn = { "/etc/nginx/nginx.conf:1" } } } };

        Assert.Equal(["/a.pem", "nginx", null, null, null, null, null, "/etc/nginx/nginx.conf:1"], Cells(fact, "Certificates of servers"));
    }

    [Fact]
    public void An_absurd_instant_of_a_certificate_fails_no_page()
    {
        var fact = new Encryption { Listeners = { new TlsListener { Address = "::", Port = 443, Protocol = "TLS 1.3", Certificate = new Certificate { Subject = "CN=lab", NotAfter = new() { Seconds = long.MaxValue }, Fingerprint = "ab" } } } };

        Assert.Equal(["443", "::", "TLS 1.3", "CN=lab", "not an instant", "ab"], Cells(fact, "What answers to TLS here"));
    }

    private static IReadOnlyList<string?> Cells(Encryption fact, string title) => FactTables.Of(new Fact { Encryption = fact }).Single(table => table.Title == title).Rows.Single().Cells;
}
