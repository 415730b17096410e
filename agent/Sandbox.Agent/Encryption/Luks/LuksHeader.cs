using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption.Luks;

/// <summary>What the header at the beginning of a volume says. Key slots lie behind it and are never read.</summary>
/// <param name="Volume">Without device and names.</param>
/// <param name="State">ENCRYPTED, or CLEAR or PARTLY when the header itself says that it is not.</param>
internal sealed record LuksHeader(LuksVolume Volume, State State)
{
    /// <summary>As much as the first reading needs: LUKS1's whole header, and LUKS2's binary part.</summary>
    public const int FirstBytes = 4096;

    private const int MostBytes = 4 << 20;
    private static ReadOnlySpan<byte> Magic => [(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xBA, 0xBE];

    /// <summary>Of a file or a disk.</summary>
    /// <exception cref="IOException">It cannot be read, or is no LUKS volume; the message says what.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static LuksHeader Read(string path)
    {
        using var file = RegularFile.OpenDisk(path);
        var bytes = new byte[FirstBytes];
        Fill(file, bytes, 0);
        if (!bytes.AsSpan().StartsWith(Magic)) throw new IOException("no LUKS header");
        var version = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(6));
        if (version == 1) return Luks1.Parse(bytes);
        if (version != 2) throw new IOException($"a LUKS header of version {version}, which is not known");
        var size = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8));
        if (size is < 2 * FirstBytes or > MostBytes) throw new IOException("the LUKS header says an absurd size of itself");
        Array.Resize(ref bytes, (int)size);
        Fill(file, bytes.AsSpan(FirstBytes), FirstBytes);
        if (!IsWhole(bytes)) throw new IOException("the LUKS header is damaged: its checksum is another");
        return Luks2.Parse(bytes);
    }

    /// <summary>A text of a fixed length that ends with its first NUL. Null: empty, or nothing that should be repeated.</summary>
    public static string? Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
        return text.Length == 0 || text.Any(char.IsControl) ? null : text;
    }

    private static void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes, long from)
    {
        for (var length = 0; length < bytes.Length;)
        {
            var got = RandomAccess.Read(file, bytes[length..], from + length);
            if (got == 0) throw new IOException(from == 0 ? "no LUKS header" : "the LUKS header is cut off");
            length += got;
        }
    }

    // LUKS2 on-disk format, 2.2: over the whole header with the checksum's own field as zeros. sha256 is all that cryptsetup writes.
    private static bool IsWhole(byte[] bytes)
    {
        const int At = 448, Length = 64;
        if (Text(bytes.AsSpan(72, 32)) != "sha256") return true;
        var said = bytes.AsSpan(At, SHA256.HashSizeInBytes).ToArray();
        bytes.AsSpan(At, Length).Clear();
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(said);
    }
}
