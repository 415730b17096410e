using System.Buffers.Binary;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>
/// What rpm keeps of a package: two lengths, an index of 16 bytes for each tag (tag, type, place, count), and the values behind it; numbers are
/// big-endian. See "RPM V4 Package format" of rpm's documentation.
/// </summary>
internal sealed class RpmHeader(FewWords words)
{
    private const int Lengths = 8, Entry = 16, MostEntries = 0xFFFF;
    private const uint Name = 1000, Version = 1001, Release = 1002, Epoch = 1003, InstallTime = 1008, Vendor = 1011, Architecture = 1022;
    private const uint Int32 = 4, String = 6;
    private const int LongestText = 300;

    /// <summary>The package, with an empty name when the header has none. Null: these bytes are no header.</summary>
    public Package? Of(ReadOnlySpan<byte> header)
    {
        if (header.Length < Lengths) return null;
        var (entries, length) = (Number(header), Number(header[4..]));
        if (entries > MostEntries || length > header.Length || Lengths + entries * Entry + length > header.Length) return null;
        var index = header.Slice(Lengths, (int)entries * Entry);
        var values = header.Slice(Lengths + index.Length, (int)length);
        var package = new Package { Manager = Package.Types.Manager.Rpm, Name = Text(Find(index, values, Name, String)) };
        package.Version = FullVersion(index, values);
        if (Find(index, values, Architecture, String) is { IsEmpty: false } architecture) package.Architecture = words.Of(architecture);
        if (ShortText.Of(words.Of(Find(index, values, Vendor, String)), LongestText) is { } vendor) package.Origin = vendor;
        if (Find(index, values, InstallTime, Int32) is { IsEmpty: false } at) package.InstalledAt = new Timestamp { Seconds = Number(at) };
        return package;
    }

    // [epoch:]version-release, as rpm's %{EVR} has it.
    private static string FullVersion(ReadOnlySpan<byte> index, ReadOnlySpan<byte> values)
    {
        var version = Text(Find(index, values, Version, String));
        if (version.Length == 0) return "";
        if (Find(index, values, Release, String) is { IsEmpty: false } release) version = $"{version}-{Text(release)}";
        return Find(index, values, Epoch, Int32) is { IsEmpty: false } epoch ? $"{Number(epoch)}:{version}" : version;
    }

    // The last one counts: what rpm adds at the installation stands behind what was signed, and takes its place.
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> index, ReadOnlySpan<byte> values, uint tag, uint type)
    {
        for (var at = index.Length - Entry; at >= 0; at -= Entry)
        {
            var entry = index[at..];
            if (Number(entry) != tag || Number(entry[4..]) != type || Number(entry[8..]) >= values.Length || Number(entry[12..]) == 0) continue;
            var value = values[(int)Number(entry[8..])..];
            if (type == Int32) return value.Length >= 4 ? value[..4] : default;
            var end = value[..Math.Min(value.Length, LongestText + 1)].IndexOf((byte)0);
            return end < 0 ? default : value[..end];
        }
        return default;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
