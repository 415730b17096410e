using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>
/// What a write-ahead log holds up to its last commit. Frames count as long as salts and checksums follow on from the header: behind them lies what an
/// earlier use of the file left. See "WAL-Mode File Format" of SQLite's documentation.
/// </summary>
internal sealed class SqliteLog : IDisposable
{
    private const int HeaderBytes = 32, FrameBytes = 24;
    private const uint Magic = 0x377F0682;
    private const long MostBytes = 512L << 20;
    private readonly SafeFileHandle? _file;
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly Dictionary<uint, long> _places = [];
    private (uint First, uint Second) _sum;

    /// <param name="path">Of the log; it need not be there.</param>
    /// <param name="pageBytes">Of the database: a log of other pages is not its own.</param>
    /// <param name="ct">Ends the summing up.</param>
    public SqliteLog(string path, int pageBytes, CancellationToken ct)
    {
        if (!File.Exists(path)) return;
        _file = RegularFile.Open(path);
        try
        {
            if (RandomAccess.GetLength(_file) > MostBytes) throw new IOException($"its write-ahead log is larger than {MostBytes >> 20} MiB");
            if (RandomAccess.Read(_file, _header, 0) == HeaderBytes && IsHeader(pageBytes)) Index(pageBytes, ct);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Pages of the database as of the last commit. Null: nothing is committed here.</summary>
    public uint? Pages { get; private set; }

    /// <summary>Frames that are committed.</summary>
    public int Frames { get; private set; }

    /// <summary>Nobody has begun the log anew since it was opened: what was committed is still where it was.</summary>
    public bool IsAsItWas
    {
        get
        {
            Span<byte> now = stackalloc byte[HeaderBytes];
            now.Clear();
            if (_file is not null) _ = RandomAccess.Read(_file, now, 0);
            return now.SequenceEqual(_header);
        }
    }

    /// <summary>The page, when its newest committed content lies here.</summary>
    public bool TryRead(uint page, Span<byte> into) =>
        _places.TryGetValue(page, out var at) && (RandomAccess.Read(_file!, into, at) == into.Length ? true : throw Damaged.Because("the write-ahead log became shorter"));

    public void Dispose() => _file?.Dispose();

    private bool IsHeader(int pageBytes)
    {
        if ((Number(_header) & ~1u) != Magic || Number(_header.AsSpan(8)) != pageBytes) return false;
        Sum(_header.AsSpan(0, 24));
        return _sum == (Number(_header.AsSpan(24)), Number(_header.AsSpan(28)));
    }

    private void Index(int pageBytes, CancellationToken ct)
    {
        var frame = new byte[FrameBytes + pageBytes];
        var open = new List<(uint Page, long At)>();
        for (long at = HeaderBytes; RandomAccess.Read(_file!, frame, at) == frame.Length && Follows(frame); at += frame.Length)
        {
            ct.ThrowIfCancellationRequested();
            open.Add((Number(frame), at + FrameBytes));
            if (Number(frame.AsSpan(4)) is not (> 0 and var pages)) continue;
            foreach (var (page, place) in open) _places[page] = place;
            (Pages, Frames) = (pages, Frames + open.Count);
            open.Clear();
        }
    }

    private bool Follows(ReadOnlySpan<byte> frame)
    {
        if (!frame.Slice(8, 8).SequenceEqual(_header.AsSpan(16, 8))) return false;
        Sum(frame[..8]);
        Sum(frame[FrameBytes..]);
        return _sum == (Number(frame[16..]), Number(frame[20..]));
    }

    // Words in the byte order that the lowest bit of the magic number names: 1 is big-endian.
    private void Sum(ReadOnlySpan<byte> bytes)
    {
        var (first, second, big) = (_sum.First, _sum.Second, (_header[3] & 1) == 1);
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            first += (big ? Number(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes)) + second;
            second += (big ? Number(bytes[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) + first;
        }
        _sum = (first, second);
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
