namespace Sandbox.Agent.Storage.Health;

/// <summary>What a disk leaves in its registers after a command.</summary>
/// <param name="Count">Sector count.</param>
/// <param name="LbaMid">Bits 8 to 15 of the address.</param>
/// <param name="LbaHigh">Bits 16 to 23 of the address.</param>
internal readonly record struct AtaRegisters(byte Count, byte LbaMid, byte LbaHigh)
{
    private const int Descriptors = 0x72;
    private const int Fixed = 0x70;
    private const byte AtaStatusReturn = 0x09;

    /// <summary>
    /// Of the sense data that ends ATA PASS-THROUGH with CK_COND: "ATA PASS-THROUGH INFORMATION AVAILABLE" (00h/1Dh), with a descriptor or in the fixed
    /// format (SAT-3, 12.2.2.6 and 12.2.2.7). Null: it says something else, that is, the command failed.
    /// </summary>
    public static AtaRegisters? OfSense(ReadOnlySpan<byte> sense) => sense switch
    {
        { Length: >= 22 } when (sense[0] & 0x7f) == Descriptors && sense[2] == 0 && sense[3] == 0x1d && sense[8] == AtaStatusReturn => new(sense[13], sense[17], sense[19]),
        { Length: >= 14 } when (sense[0] & 0x7f) == Fixed && sense[12] == 0 && sense[13] == 0x1d => new(sense[6], sense[10], sense[11]),
        _ => null,
    };
}
