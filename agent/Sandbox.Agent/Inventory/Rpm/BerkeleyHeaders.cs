using System.Buffers.Binary;
using System.Collections;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory.Sqlite;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>
/// Packages of rpm before 4.16, a hash of Berkeley DB: numbers of packages to headers. Its pages are read one after the other, since all keys are
/// wanted; what is too long for a page goes on in a chain of others. rpm's source: lib/backend/bdb_ro.c.
/// </summary>
internal sealed class BerkeleyHeaders : IRpmHeaders
{
    private const int MetaBytes = 512, PageHead = 26, OffPageEntry = 12;
    private const uint Magic = 0x00061561;
    private const byte UnsortedHash = 2, Overflow = 7, Hash = 13, Here = 1, OffPage = 3;
    private const long MostBytes = 2L << 30;
    private const int MostOfAHeader = 64 << 20;
    private readonly SafeFileHandle _file;
    private readonly FileState? _before;
    private readonly CancellationToken _ct;
    private readonly bool _big;
    private readonly byte[] _page;
    private readonly byte[] _rest;
    private readonly BitArray _seen;
    private readonly PooledBytes _header = new(16 * 1024);
    private int _number;
    private int _entries;
    private int _next;
    private int _length;

    public BerkeleyHeaders(string path, CancellationToken ct)
    {
        _ct = ct;
        _file = RegularFile.Open(path);
        try
        {
            _before = FileState.Of(_file);
            var length = RandomAccess.GetLength(_file);
            Span<byte> meta = stackalloc byte[MetaBytes];
            if (length > MostBytes) throw new IOException($"larger than {MostBytes >> 20} MiB");
            if (RandomAccess.Read(_file, meta, 0) < MetaBytes) throw Damaged.Because("no rpm database");
            // In the byte order of the machine that made it.
            _big = BinaryPrimitives.ReadUInt32BigEndian(meta[12..]) == Magic;
            if (Long(meta[12..]) != Magic) throw Damaged.Because("no hash of Berkeley DB");
            if (Long(meta[16..]) is not (>= 8 and <= 10) and var version) throw new IOException($"version {version} of Berkeley DB's hash");
            if (Long(meta[20..]) is not (>= 512 and <= 65536) and var bytes) throw Damaged.Because($"pages of {bytes} bytes");
            (_page, _rest) = (new byte[Long(meta[20..])], new byte[Long(meta[20..])]);
            _seen = new BitArray((int)(length / _page.Length));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Header => _header.Array.AsSpan(0, _length);

    public bool IsAsItWas => FileState.Of(_file) == _before;

    public bool Next()
    {
        while (true)
        {
            // A key and its value stand side by side, and values grow from the end of the page to its front.
            while (_next + 1 < _entries)
            {
                var (key, value) = (Place(_next), Place(_next + 1));
                var before = _next == 0 ? _page.Length : Place(_next - 1);
                _next += 2;
                if (key > before || value > key) throw Damaged.Because($"page {_number} is out of order");
                // Under the number 0 stands the last number that was given.
                if (_page.AsSpan(key, before - key) is [Here, 0, 0, 0, 0]) continue;
                Take(_page.AsSpan(value, key - value));
                return true;
            }
            if (!NextPage()) return false;
        }
    }

    public void Dispose()
    {
        _header.Dispose();
        _file.Dispose();
    }

    private bool NextPage()
    {
        (_entries, _next) = (0, 0);
        if (++_number >= _seen.Count) return false;
        Read((uint)_number, _page);
        if (_page[25] is not (UnsortedHash or Hash)) return true;
        _entries = Word(_page.AsSpan(20));
        return PageHead + 2 * _entries <= _page.Length ? true : throw Damaged.Because($"page {_number} holds {_entries} entries");
    }

    private int Place(int entry)
    {
        var at = Word(_page.AsSpan(PageHead + 2 * entry));
        return at >= PageHead && at < _page.Length ? at : throw Damaged.Because($"an entry outside of page {_number}");
    }

    private void Take(ReadOnlySpan<byte> value)
    {
        _length = 0;
        if (value is [Here, .. var whole]) Append(whole);
        else if (value.Length == OffPageEntry && value[0] == OffPage) TakeRest(Long(value[4..]), Long(value[8..]));
        else throw Damaged.Because($"an entry of page {_number} is of no known kind");
    }

    private void TakeRest(uint page, uint length)
    {
        if (length > MostOfAHeader) throw Damaged.Because($"a package of {length} bytes");
        while (_length < length)
        {
            // Each page belongs to one place, so a circle ends here.
            if (page == 0 || page >= _seen.Count || _seen[(int)page]) throw Damaged.Because($"page {page} is not the rest of one package");
            _seen[(int)page] = true;
            Read(page, _rest);
            var here = Word(_rest.AsSpan(22));
            if (_rest[25] != Overflow || here > _rest.Length - PageHead || here > length - _length) throw Damaged.Because($"page {page} is no rest of a package");
            Append(_rest.AsSpan(PageHead, here));
            page = Long(_rest.AsSpan(16));
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (_header.Array.Length < _length + bytes.Length) _header.Double();
        bytes.CopyTo(_header.Array.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Read(uint page, byte[] into)
    {
        _ct.ThrowIfCancellationRequested();
        if (RandomAccess.Read(_file, into, page * (long)into.Length) < into.Length) throw Damaged.Because($"it ends before page {page}");
    }

    private uint Long(ReadOnlySpan<byte> bytes) => _big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private int Word(ReadOnlySpan<byte> bytes) => _big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
