using System.Security.Cryptography;

namespace Sandbox.Agent.Acts.Following;

/// <summary>How far a log was read.</summary>
/// <param name="Inode">The file that was read last; 0: there was none.</param>
/// <param name="Offset">Bytes of it that were read.</param>
/// <param name="Before">SHA-256 of the up to 256 bytes before the offset, in hexadecimal: what is left of a log that was copied, cut or put away is known by it.</param>
/// <param name="Skipping">The offset lies within a record that is not to be read: it was too long, or begun before the agent was.</param>
internal sealed record LogPlace(ulong Inode, long Offset, string Before, bool Skipping)
{
    /// <summary>How many bytes before the offset are remembered.</summary>
    public const int Remembered = 256;

    /// <summary>A log that is not there yet: whatever comes is new.</summary>
    public static readonly LogPlace Absent = new(0, 0, "", false);

    /// <summary>The beginning of a file.</summary>
    public static LogPlace BeginningOf(ulong inode) => new(inode, 0, "", false);

    /// <summary>What stands for the bytes before an offset.</summary>
    public static string Mark(ReadOnlySpan<byte> before) =>
        before.IsEmpty ? "" : Convert.ToHexString(SHA256.HashData(before.Length > Remembered ? before[^Remembered..] : before).AsSpan(0, 16));
}
