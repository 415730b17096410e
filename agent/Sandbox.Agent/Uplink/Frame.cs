using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>One report in a segment: length (4 bytes), CRC32C of all that follows it (4), sequence (8), then the SignedReport; little-endian.</summary>
internal static class Frame
{
    /// <summary>Bytes before the report.</summary>
    public const int HeaderLength = 16;

    private const int LargestPayload = Wire.LargestMessage;

    /// <summary>What the start of some bytes is.</summary>
    public enum State
    {
        /// <summary>A frame whose checksum fits.</summary>
        Whole,

        /// <summary>It may be a frame, but more bytes are needed to tell.</summary>
        Incomplete,

        /// <summary>No frame begins here.</summary>
        Damaged,
    }

    /// <summary>The frames of some reports, one after the other.</summary>
    public static byte[] Of(ulong first, IReadOnlyList<byte[]> payloads)
    {
        var frames = new byte[payloads.Sum(p => HeaderLength + p.Length)];
        var rest = frames.AsSpan();
        foreach (var payload in payloads)
        {
            Write(rest, first++, payload);
            rest = rest[(HeaderLength + payload.Length)..];
        }

        return frames;
    }

    /// <summary>Looks whether a frame begins at the start of the bytes.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="sequence">The frame's sequence, when whole.</param>
    /// <param name="length">Length of the whole frame, when whole or incomplete; for the latter at least what is needed to go on.</param>
    public static State Read(ReadOnlySpan<byte> bytes, out ulong sequence, out int length)
    {
        (sequence, length) = (0, HeaderLength);
        if (bytes.Length < HeaderLength) return State.Incomplete;
        var payload = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (payload is <= 0 or > LargestPayload) return State.Damaged;

        length += payload;
        if (bytes.Length < length) return State.Incomplete;
        if (Checksum(bytes[8..length]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) return State.Damaged;
        sequence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        return State.Whole;
    }

    /// <summary>CRC32C (Castagnoli), by the processor's own instruction.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..]) crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }

    private static void Write(Span<byte> destination, ulong sequence, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(destination[HeaderLength..]);
        BinaryPrimitives.WriteInt32LittleEndian(destination, payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(destination[8..(HeaderLength + payload.Length)]));
    }
}
