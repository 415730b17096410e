namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>Numbers of one to nine bytes, big-endian, seven bits in each and eight in the ninth ("varint" in SQLite's file format).</summary>
internal static class SqliteNumber
{
    private const int Longest = 9;

    /// <summary>Takes one from the front.</summary>
    /// <exception cref="IOException">It goes on behind the end.</exception>
    public static long Take(ref ReadOnlySpan<byte> bytes)
    {
        var number = 0L;
        for (var i = 0; i < bytes.Length && i < Longest; i++)
        {
            var last = i == Longest - 1;
            number = last ? (number << 8) | bytes[i] : (number << 7) | (uint)(bytes[i] & 0x7F);
            if (!last && bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return number;
        }
        throw Damaged.Because("a number without its end");
    }
}
