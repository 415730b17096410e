using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>Asks a disk of ATA for its health (ACS-3: CHECK POWER MODE 7.3, SMART RETURN STATUS 7.48.8, SMART READ DATA 7.48.6), and never wakes it.</summary>
internal static class AtaHealth
{
    private const byte CheckPowerMode = 0xe5;
    private const byte Smart = 0xb0, ReadData = 0xd0, ReturnStatus = 0xda;

    // Standby_z and standby_y: it does not turn.
    private const byte Standby = 0x00, StandbyY = 0x01;

    /// <summary>What it says.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="isSolidState">Whether it does not turn; null: not known.</param>
    /// <exception cref="IOException">It has no SMART, has it switched off, or one may not ask.</exception>
    public static DiskHealth Ask(IAtaDisk disk, bool? isSolidState)
    {
        if (disk.Send(CheckPowerMode, 0, []) is { Count: Standby or StandbyY }) return new DiskHealth { Source = DiskHealth.Types.Source.Ata, Asleep = true };
        var health = new DiskHealth { Source = DiskHealth.Types.Source.Ata, Asleep = false };
        // A disk turns the key round when a threshold is exceeded.
        switch (disk.Send(Smart, ReturnStatus, []))
        {
            case { LbaMid: 0x4f, LbaHigh: 0xc2 }: health.Passed = true; break;
            case { LbaMid: 0xf4, LbaHigh: 0x2c }: health.Passed = false; break;
        }
        Span<byte> page = stackalloc byte[AtaAttributes.PageLength];
        page.Clear();
        disk.Send(Smart, ReadData, page);
        if (AtaAttributes.Read(page) is not { } attributes) throw new IOException("the checksum of what it says of itself is wrong");
        AtaAttributes.Describe(attributes, health, isSolidState);
        return health;
    }
}
