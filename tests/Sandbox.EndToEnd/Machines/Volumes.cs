using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Machines;

/// <summary>Disks of a machine whose kernel has a device mapper and md.</summary>
public sealed class Volumes(InstalledMachine installed) : MachineTest(installed)
{
    [Fact]
    public async Task A_folder_on_an_opened_encrypted_volume_is_encrypted_and_its_volume_open_until_it_is_closed()
    {
        await RootAsync("""
            printf secret > /root/phrase
            cryptsetup luksFormat --batch-mode --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file /root/phrase /dev/sda && cryptsetup open --key-file /root/phrase /dev/sda data
            mkfs.ext4 -q /dev/mapper/data && mkdir -p /srv/data && mount /dev/mapper/data /srv/data
            """);
        var place = await Installed.KnowsAsync("/srv/data", Fact.EncryptionFieldNumber, fact => fact.Encryption.Places.FirstOrDefault(place => place.Path == "/srv/data"), Ct);
        Assert.Equal((DataPlace.Types.State.Encrypted, DataPlace.Types.Scheme.Luks2), (place.State, Assert.Single(place.By)));
        Assert.Equal(["dm-0", "sda"], place.LiesOn);

        var volume = Assert.Single(Installed.Known(Fact.EncryptionFieldNumber)!.Encryption.Volumes);
        Assert.Equal(("sda", true, 2u, "aes-xts-plain64", 512u, 1u), (volume.Device, volume.Open, volume.Version, volume.Cipher, volume.KeyBits, volume.KeySlots));
        Assert.Equal(["data"], volume.MappedNames);
        Assert.Equal(DataPlace.Types.State.Clear, Installed.Known(Fact.EncryptionFieldNumber)!.Encryption.Places.First(one => one.Path == "/").State);

        await RootAsync("umount /srv/data && cryptsetup close data");
        await Installed.KnowsAsync("the volume is closed", Fact.EncryptionFieldNumber, fact => fact.Encryption.Volumes.FirstOrDefault(one => one is { Device: "sda", HasOpen: true, Open: false }), Ct);
    }
}
