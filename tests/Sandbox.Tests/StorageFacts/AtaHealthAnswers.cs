using System.Runtime.InteropServices;
using CsCheck;
using Sandbox.Agent.Storage.Health;
using Sandbox.Protocol;
using Source = Sandbox.Protocol.DiskHealth.Types.Source;

namespace Sandbox.Tests.StorageFacts;

/// <summary>What is made of the answers of a disk that speaks ATA.</summary>
public sealed class AtaHealthAnswers
{
    private static readonly AtaRegisters Active = new(0xff, 0, 0);
    private static readonly AtaRegisters Good = new(0, 0x4f, 0xc2);

    [Fact]
    public void A_disk_says_its_verdict_and_its_counters()
    {
        var page = HealthPages.Ata((5, 100, 8), (9, 91, 8766), (187, 100, 2), (194, 64, 0x0037_000f_0024), (197, 100, 3), (198, 100, 4), (199, 200, 7));

        Assert.Equal(
            new DiskHealth
            {
                Source = Source.Ata, Asleep = false, Passed = true, TemperatureCelsius = 36, PowerOnHours = 8766, ReallocatedSectors = 8, UncorrectableErrors = 2, PendingSectors = 3,
                OfflineUncorrectableSectors = 4, InterfaceCrcErrors = 7,
            },
            AtaHealth.Ask(new Played(Active, Good, page), isSolidState: false));
    }

    [Theory]
    [InlineData(0x00), InlineData(0x01)]
    public void A_disk_that_sleeps_is_asked_nothing_else(byte mode)
    {
        var disk = new Played(new(mode, 0, 0), Good, HealthPages.Ata());

        Assert.Equal(new DiskHealth { Source = Source.Ata, Asleep = true }, AtaHealth.Ask(disk, isSolidState: null));
        Assert.Equal([0xe5], disk.Commands);
    }

    [Theory]
    [InlineData(0x4f, 0xc2, true), InlineData(0xf4, 0x2c, false), InlineData(0, 0, null)]
    public void The_verdict_is_how_the_key_lies_in_the_registers(byte mid, byte high, bool? passed)
    {
        var health = AtaHealth.Ask(new Played(Active, new(0, mid, high), HealthPages.Ata()), isSolidState: null);

        Assert.Equal(passed, health.HasPassed ? health.Passed : null);
    }

    [Fact]
    public void What_a_disk_does_not_say_is_not_zero() =>
        Assert.Equal(new DiskHealth { Source = Source.Ata, Asleep = false, Passed = true }, AtaHealth.Ask(new Played(Active, Good, HealthPages.Ata((194, 100, 0))), isSolidState: true));

    [Fact]
    public void A_counter_of_zero_is_zero()
    {
        var health = AtaHealth.Ask(new Played(Active, Good, HealthPages.Ata((5, 100, 0))), isSolidState: null);

        Assert.Equal((true, 0UL), (health.HasReallocatedSectors, health.ReallocatedSectors));
    }

    [Theory]
    [InlineData(true, 231, 95, 5u), InlineData(true, 233, 40, 60u), InlineData(false, 231, 95, null), InlineData(true, 231, 253, null)]
    public void Used_life_is_said_by_solid_state_disks(bool isSolidState, byte id, byte value, uint? used)
    {
        var health = AtaHealth.Ask(new Played(Active, Good, HealthPages.Ata((id, value, 0))), isSolidState);

        Assert.Equal(used, health.HasUsedLifePercent ? health.UsedLifePercent : null);
    }

    [Fact]
    public void Temperature_of_the_air_stands_in_for_the_disks_own() =>
        Assert.Equal(31, AtaHealth.Ask(new Played(Active, Good, HealthPages.Ata((190, 69, 0x1f1f001f))), isSolidState: null).TemperatureCelsius);

    [Fact]
    public void A_damaged_page_is_not_believed()
    {
        var page = HealthPages.Ata((5, 100, 8));
        page[7] ^= 1;

        Assert.Contains("checksum", Assert.Throws<IOException>(() => AtaHealth.Ask(new Played(Active, Good, page), isSolidState: null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registers_come_in_sense_data_of_both_formats()
    {
        // As libata makes them: recovered error, 00h/1Dh, and the descriptor 09h; and the fixed format.
        byte[] descriptor = [0x72, 1, 0, 0x1d, 0, 0, 0, 14, 0x09, 12, 0, 0, 0, 0x80, 0, 0, 0, 0x4f, 0, 0xc2, 0x40, 0x50];
        byte[] fixedFormat = [0x70, 0, 1, 0, 0x50, 0x40, 0x80, 10, 0, 0, 0x4f, 0xc2, 0, 0x1d, 0, 0, 0, 0];

        Assert.Equal(new AtaRegisters(0x80, 0x4f, 0xc2), AtaRegisters.OfSense(descriptor));
        Assert.Equal(new AtaRegisters(0x80, 0x4f, 0xc2), AtaRegisters.OfSense(fixedFormat));
        // Aborted command.
        Assert.Null(AtaRegisters.OfSense([0x72, 0x0b, 0, 0, 0, 0, 0, 14, 0x09, 12, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x51]));
    }

    [Fact]
    public void Random_bytes_are_no_fault() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        _ = AtaRegisters.OfSense(bytes);
        _ = NvmeHealthLog.Read(bytes);
        if (AtaAttributes.Read(bytes) is { } attributes) AtaAttributes.Describe(attributes, new DiskHealth(), isSolidState: true);
    }, iter: Fuzz.Times(2000));

    [Fact]
    public void The_kernels_structures_have_its_sizes() =>
        Assert.Equal((88, 72), (Marshal.SizeOf<DiskIoctl.ScsiCommand>(), Marshal.SizeOf<DiskIoctl.NvmeCommand>()));

    private sealed class Played(AtaRegisters powerMode, AtaRegisters verdict, byte[] page) : IAtaDisk
    {
        public List<byte> Commands { get; } = [];

        public AtaRegisters? Send(byte command, byte feature, Span<byte> data)
        {
            Commands.Add(command);
            if (command == 0xe5) return powerMode;
            Assert.Equal((0xb0, data.IsEmpty ? 0xda : 0xd0), (command, feature));
            page.AsSpan(0, data.Length).CopyTo(data);
            return data.IsEmpty ? verdict : null;
        }
    }
}
