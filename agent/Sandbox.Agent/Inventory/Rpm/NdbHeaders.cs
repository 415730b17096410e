using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory.Sqlite;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>
/// Packages.db, rpm's own format that SUSE uses ("ndb"): pages of slots, and blobs that these lead to in blocks of 16 bytes. Numbers are little-endian.
/// rpm's source: lib/backend/ndb/rpmpkg.c.
/// </summary>
internal sealed class NdbHeaders : IRpmHeaders
{
    private const int Block = 16, FileHeader = 32, SlotPage = 4096, BlobHead = 16, BlobTail = 12;
    private const int MostOfAHeader = 64 << 20;
    private readonly SafeFileHandle _file;
    private readonly FileState? _before;
    private readonly CancellationToken _ct;
    private readonly long _length;
    private readonly long _slotsEnd;
    private readonly PooledBytes _blob = new(16 * 1024);
    private long _slot = FileHeader;
    private long _taken;
    private int _header;

    public NdbHeaders(string path, CancellationToken ct)
    {
        _ct = ct;
        _file = RegularFile.Open(path);
        try
        {
            _before = FileState.Of(_file);
            _length = RandomAccess.GetLength(_file);
            Span<byte> head = stackalloc byte[FileHeader];
            if (_length == 0) return;
            if (RandomAccess.Read(_file, head, 0) < FileHeader || !head.StartsWith("RpmP"u8)) throw Damaged.Because("no rpm database");
            if (Number(head[4..]) is not 0 and var version) throw new IOException($"version {version} of its format");
            _slotsEnd = Number(head[12..]) * (long)SlotPage;
            if (_slotsEnd > _length) throw Damaged.Because("it ends within its slots");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Header => _blob.Array.AsSpan(BlobHead, _header);

    public bool IsAsItWas => FileState.Of(_file) == _before;

    public bool Next()
    {
        Span<byte> slot = stackalloc byte[Block];
        while (_slot < _slotsEnd)
        {
            Read(slot, _slot);
            _slot += Block;
            if (!slot.StartsWith("Slot"u8)) throw Damaged.Because("a slot that is none");
            var (package, at, blocks) = (Number(slot[4..]), Number(slot[8..]), Number(slot[12..]));
            if (at == 0) continue;
            Take(package, at * (long)Block, blocks * (long)Block);
            return true;
        }
        return false;
    }

    public void Dispose()
    {
        _blob.Dispose();
        _file.Dispose();
    }

    private void Take(uint package, long at, long length)
    {
        // Blobs do not overlap: so a hostile file costs no more than its own length.
        if (length is < BlobHead + BlobTail or > MostOfAHeader || at > _length - length || (_taken += length) > _length) throw Damaged.Because($"a package of {length} bytes");
        while (_blob.Array.Length < length) _blob.Double();
        var blob = _blob.Array.AsSpan(0, (int)length);
        Read(blob, at);
        var header = Number(blob[12..]);
        if (!blob.StartsWith("BlbS"u8) || Number(blob[4..]) != package || !blob.EndsWith("BlbE"u8) || header > length - BlobHead - BlobTail)
            throw Damaged.Because($"package {package} is not where its slot says");
        _header = (int)header;
    }

    private void Read(Span<byte> into, long at)
    {
        _ct.ThrowIfCancellationRequested();
        if (RandomAccess.Read(_file, into, at) < into.Length) throw Damaged.Because("it became shorter");
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
