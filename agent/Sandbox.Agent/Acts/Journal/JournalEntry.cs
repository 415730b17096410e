using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Acts.Journal;

/// <summary>One entry of the journal: the fields that acts need (systemd.journal-fields(7)). Those with an underscore journald itself put there.</summary>
internal sealed class JournalEntry
{
    private const byte Entry = 3;
    private const byte Data = 1;
    private const byte CompressedFlags = 7;
    private const int FirstItem = 64;
    private const int MostItems = 256;
    private const int MostBytes = 4096;

    private static readonly string[] Wanted =
    [
        "MESSAGE", "SYSLOG_IDENTIFIER", "_EXE", "_UID", "_PID", "_AUDIT_LOGINUID", "_AUDIT_SESSION", "_TRANSPORT", "_SOURCE_REALTIME_TIMESTAMP",
    ];

    private readonly Dictionary<string, string> _fields = [];

    /// <summary>Its number in the sequence.</summary>
    public long Sequence { get; private init; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset Received { get; private init; }

    /// <summary>A field. Null: absent, or compressed.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>When the sender's datagram came; as exact as the kernel's stamp.</summary>
    public DateTimeOffset At => Instant(this["_SOURCE_REALTIME_TIMESTAMP"]) ?? Received;

    /// <summary>A number. Null: absent, or none.</summary>
    public uint? Number(string name) => uint.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads the entry at the offset. Null: it is not whole yet, or damaged.</summary>
    public static JournalEntry? Read(JournalFile file, long offset, long length)
    {
        var size = file.IsCompact ? 4 : 16;
        var bytes = new byte[(int)Math.Min(length, FirstItem + ((long)MostItems * size))];
        if (bytes.Length < FirstItem || file.ReadAt(offset, bytes) < bytes.Length || bytes[0] != Entry) return null;
        var microseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24));
        if (Instant(microseconds) is not { } received) return null;
        var entry = new JournalEntry { Sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), Received = received };
        for (var at = FirstItem; at + size <= bytes.Length; at += size)
        {
            var item = file.IsCompact ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            if (item == 0 || !entry.Take(file, item)) return null;
        }
        return entry;
    }

    private bool Take(JournalFile file, long offset)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        var start = file.IsCompact ? 72 : 64;
        var got = file.ReadAt(offset, bytes);
        if (got < start || bytes[0] != Data) return false;
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (length < start) return false;
        if ((bytes[1] & CompressedFlags) != 0) return true;
        var payload = bytes[start..(int)Math.Min(length, got)];
        foreach (var name in Wanted)
        {
            if (payload.Length <= name.Length || payload[name.Length] != '=' || !payload.StartsWith(Encoding.ASCII.GetBytes(name))) continue;
            _fields.TryAdd(name, Encoding.UTF8.GetString(payload[(name.Length + 1)..]));
            break;
        }
        return true;
    }

    private static DateTimeOffset? Instant(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Instant(number) : null;

    private static DateTimeOffset? Instant(long microseconds) =>
        microseconds is > 0 and < 253_402_300_799_000_000 ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10) : null;
}
