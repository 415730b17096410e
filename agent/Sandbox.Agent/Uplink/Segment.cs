using System.Globalization;

namespace Sandbox.Agent.Uplink;

/// <summary>One file of the spool: magic and epoch, then frames; named for the first sequence it may hold.</summary>
internal sealed class Segment(string path, ulong first)
{
    /// <summary>Bytes before the first frame: 8 of magic, 16 of epoch.</summary>
    public const int HeaderLength = 24;

    private const string Ending = ".segment";

    public static ReadOnlySpan<byte> Magic => "SBXSPL1\n"u8;

    public string Path { get; } = path;

    /// <summary>The lowest sequence it may hold.</summary>
    public ulong First { get; } = first;

    /// <summary>The highest sequence it holds.</summary>
    public ulong Last { get; set; }

    /// <summary>Bytes that are durable.</summary>
    public long Length { get; set; }

    /// <summary>A segment's path: 20 digits, so that names sort as sequences do.</summary>
    public static string PathOf(string folder, ulong first) =>
        System.IO.Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + Ending);

    /// <summary>The segments of a folder, oldest first, not looked into yet.</summary>
    public static List<Segment> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*" + Ending)
            .Select(path => (path, Named: ulong.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out var first), first))
            .Where(file => file.Named)
            .OrderBy(file => file.first)
            .Select(file => new Segment(file.path, file.first)),
    ];

    /// <summary>The epoch in its header; null when the header is damaged.</summary>
    public byte[]? ReadEpoch()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderLength];
        var whole = RandomAccess.Read(file, header, 0) == HeaderLength && header.AsSpan(0, 8).SequenceEqual(Magic);
        return whole ? header[8..] : null;
    }
}
