using System.Buffers.Binary;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption.Luks;

/// <summary>LUKS On-Disk Format Specification 1.2.3, figure 1: big-endian numbers at fixed places.</summary>
internal static class Luks1
{
    private const int Slots = 8, SlotBytes = 48, FirstSlot = 208;
    private const uint Active = 0x00AC71F3;

    public static LuksHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var volume = new LuksVolume { Version = 1, KeySlots = 0 };
        var cipher = CipherName.Plain($"{LuksHeader.Text(bytes.Slice(8, 32))}-{LuksHeader.Text(bytes.Slice(40, 32))}");
        if (cipher is not null) volume.Cipher = cipher;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[108..]) is > 0 and <= 1024 and var key) volume.KeyBits = key * 8;
        if (LuksHeader.Text(bytes.Slice(168, 40)) is { } uuid && Guid.TryParse(uuid, out var id)) volume.Uuid = id.ToString();
        for (var slot = 0; slot < Slots; slot++)
            if (BinaryPrimitives.ReadUInt32BigEndian(bytes[(FirstSlot + slot * SlotBytes)..]) == Active) volume.KeySlots++;
        volume.Kdfs.Add("pbkdf2");
        volume.Whole = cipher is null || !CipherName.IsNull(cipher);
        return new LuksHeader(volume, volume.Whole ? State.Encrypted : State.Clear);
    }
}
