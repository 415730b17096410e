using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Antivirus;

/// <summary>
/// What the first 512 bytes of a .cvd, .cld or .cud say: <c>ClamAV-VDB:20 Oct 2025 22-40 +0000:27999:90:1:MD5:DSIG:builder:1761000000</c>, padded
/// with spaces. Older ones end before the last field.
/// </summary>
/// <param name="Version">Counts up with every build.</param>
/// <param name="BuiltAt">Null: not a date.</param>
/// <param name="Signatures">Null: not a number.</param>
internal readonly record struct CvdHeader(ulong Version, DateTimeOffset? BuiltAt, ulong? Signatures)
{
    public const int Length = 512;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads the header. Null: these bytes are none.</summary>
    public static CvdHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Length) bytes = bytes[..Length];
        if (!bytes.StartsWith("ClamAV-VDB:"u8)) return null;
        var fields = Encoding.Latin1.GetString(bytes).Split(':', StringSplitOptions.TrimEntries);
        if (fields.Length < 8 || Number(fields[2]) is not { } version) return null;
        return new CvdHeader(version, (fields.Length > 8 ? Epoch(fields[8]) : null) ?? Date(fields[1]), Number(fields[3]));
    }

    private static ulong? Number(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // 0 is what older builders wrote where they had no time.
    private static DateTimeOffset? Epoch(string text) =>
        Number(text) is { } seconds and > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text, "d MMM yyyy HH-mm zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToUniversalTime() : null;
}
