using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Databases of rpm with headers of our choice.</summary>
internal static class Databases
{
    /// <summary>As rpm 4.16 makes it, by SQLite itself; the log is moved into it.</summary>
    public static void Sqlite(string path, IEnumerable<byte[]> headers, int pageBytes = 4096)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, $"PRAGMA page_size = {pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL); CREATE TABLE 'Name' (key TEXT, hnum INTEGER)");
        Run(connection, "BEGIN");
        foreach (var header in headers) Run(connection, "INSERT INTO Packages(blob) VALUES ($header)", header);
        Run(connection, "COMMIT");
    }

    public static void Run(SqliteConnection connection, string text, byte[]? header = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        if (header is not null) command.Parameters.AddWithValue("$header", header);
        command.ExecuteNonQuery();
    }

    /// <summary>As SUSE's rpm makes it (lib/backend/ndb/rpmpkg.c), which Debian's rpm is built without; the second slot is free.</summary>
    public static byte[] Ndb(IReadOnlyList<byte[]> headers)
    {
        const int Page = 4096, Block = 16;
        var pages = 1 + (headers.Count + 3) / (Page / Block);
        var (slots, blobs) = (new MemoryStream(), new MemoryStream());
        slots.Write([.. "RpmP"u8, .. Number(0), .. Number(7), .. Number(pages), .. Number(headers.Count + 1), .. new byte[12]]);
        for (var i = 0; i < headers.Count; i++)
        {
            var length = (headers[i].Length + 28 + Block - 1) / Block * Block;
            byte[] blob = [.. "BlbS"u8, .. Number(i + 1), .. Number(1_700_000_000), .. Number(headers[i].Length), .. headers[i], .. new byte[length - 28 - headers[i].Length]];
            if (i == 1) slots.Write(FreeSlot);
            slots.Write([.. "Slot"u8, .. Number(i + 1), .. Number((int)(pages * Page + blobs.Length) / Block), .. Number(length / Block)]);
            blobs.Write([.. blob, .. Number(Adler(blob)), .. Number(headers[i].Length), .. "BlbE"u8]);
        }
        while (slots.Length < pages * Page) slots.Write(FreeSlot);
        return [.. slots.ToArray(), .. blobs.ToArray()];
    }

    private static byte[] FreeSlot => [.. "Slot"u8, .. new byte[12]];

    /// <summary>As rpm before 4.16 made it, by Berkeley DB's own db_load.</summary>
    public static async Task BerkeleyAsync(string path, IReadOnlyList<byte[]> headers)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = new StringBuilder("VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=4096\nHEADER=END\n");
        void Add(int number, byte[] value) => text.Append($" {Convert.ToHexStringLower(Number(number))}\n {Convert.ToHexStringLower(value)}\n");
        Add(0, Number(headers.Count));
        for (var i = 0; i < headers.Count; i++) Add(i + 1, headers[i]);
        await File.WriteAllTextAsync(path + ".txt", text.Append("DATA=END\n").ToString());
        await RpmMachine.RunAsync("db5.3_load", "-f", path + ".txt", path);
        File.Delete(path + ".txt");
    }

    private static int Adler(byte[] bytes)
    {
        var (first, second) = (1u, 0u);
        foreach (var one in bytes) (first, second) = ((first + one) % 65521, (second + first + one) % 65521);
        return (int)((second << 16) + first);
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
