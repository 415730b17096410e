using CsCheck;
using Microsoft.Data.Sqlite;
using Sandbox.Agent.Inventory.Sqlite;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Our reading of SQLite's files, held against SQLite.</summary>
public sealed class SqliteTables : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_any_length_in_pages_of_any_size_are_those_of_SQLite_with_and_without_a_log() =>
        Gen.Select(Gen.OneOfConst(512, 1024, 4096, 65536), Gen.Bool, Gen.Bool, Gen.OneOf(Gen.Int[0, 600], Gen.Int[0, 9000], Gen.Int[60_000, 140_000]).Array[0, 60], Gen.Int[1, 7]).Sample((pageBytes, logged, moved, lengths, every) =>
        {
            var path = _folder[$"{_files++}.sqlite"];
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            Databases.Run(connection, $"PRAGMA page_size = {pageBytes}; PRAGMA journal_mode = {(logged ? "WAL" : "DELETE")}; PRAGMA synchronous = OFF; CREATE TABLE other (a); CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)");
            for (var i = 0; i < lengths.Length; i++)
            {
                Databases.Run(connection, $"INSERT INTO Packages VALUES ({i * 1_000_003L}, zeroblob({lengths[i]})); INSERT INTO other VALUES ({i})");
                if (i % every == 0) Databases.Run(connection, $"DELETE FROM Packages WHERE hnum = {i / 2 * 1_000_003L}; UPDATE Packages SET blob = randomblob(length(blob)) WHERE hnum % 3 = 1");
                if (moved && i == lengths.Length / 2) Databases.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            using var ours = new SqliteFile(path, Ct);
            return Ours(ours, "Packages").SequenceEqual(Theirs(connection)) && ours.IsAsItWas;
        }, iter: Fuzz.Times(60), threads: 1);

    [Fact]
    public void What_is_not_committed_is_not_there()
    {
        using var connection = new SqliteConnection($"Data Source={_folder["a"]};Pooling=False");
        connection.Open();
        Databases.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA cache_size = 1; CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB); INSERT INTO Packages VALUES (1, x'01')");
        Databases.Run(connection, "BEGIN");
        for (var i = 2; i < 500; i++) Databases.Run(connection, $"INSERT INTO Packages VALUES ({i}, randomblob(3000))");
        Assert.True(new FileInfo(_folder["a-wal"]).Length > 1_000_000);

        using var file = new SqliteFile(_folder["a"], Ct);

        Assert.Equal([(1L, "01")], Ours(file, "Packages"));
    }

    [Fact]
    public void Summing_up_a_log_and_reading_pages_end_when_they_are_told_to()
    {
        using var connection = new SqliteConnection($"Data Source={_folder["a"]};Pooling=False");
        connection.Open();
        Databases.Run(connection, "PRAGMA journal_mode = WAL; CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)");
        using var stop = new CancellationTokenSource();
        using var file = new SqliteFile(_folder["a"], stop.Token);

        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => SqliteTable.Open(file, "Packages"));
        Assert.Throws<OperationCanceledException>(() => new SqliteFile(_folder["a"], stop.Token));
    }

    [Fact]
    public void A_checkpoint_in_between_is_noticed()
    {
        using var connection = new SqliteConnection($"Data Source={_folder["a"]};Pooling=False");
        connection.Open();
        Databases.Run(connection, "PRAGMA journal_mode = WAL; CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB); INSERT INTO Packages VALUES (1, x'01')");
        using var file = new SqliteFile(_folder["a"], Ct);
        Assert.True(file.IsAsItWas);

        Databases.Run(connection, "INSERT INTO Packages VALUES (2, x'02')");
        Assert.True(file.IsAsItWas);
        Databases.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

        Assert.False(file.IsAsItWas);
    }

    [Fact]
    public void Numbers_and_texts_come_as_they_are()
    {
        long[] numbers = [0, 1, -1, 127, -128, 32767, -32768, 8_388_607, -8_388_608, int.MaxValue, int.MinValue, (1L << 47) - 1, -(1L << 47), long.MaxValue, long.MinValue];
        using var connection = new SqliteConnection($"Data Source={_folder["a"]};Pooling=False");
        connection.Open();
        Databases.Run(connection, "CREATE TABLE t (a, b, c, d)");
        foreach (var number in numbers) Databases.Run(connection, $"INSERT INTO t VALUES ('Größe', {number}, NULL, 1.5)");

        using var file = new SqliteFile(_folder["a"], Ct);
        using var table = SqliteTable.Open(file, "t")!;

        foreach (var number in numbers)
        {
            Assert.True(table.Next());
            Assert.Equal(("Größe", number), (SqliteFile.Text(table.Row.Bytes(0)), table.Row.Number(1)));
            Assert.Equal((null, null, null), (table.Row.Number(2), table.Row.Number(3), table.Row.Number(9)));
        }
        Assert.False(table.Next());
    }

    private static List<(long, string)> Ours(SqliteFile file, string name)
    {
        var rows = new List<(long, string)>();
        using var table = SqliteTable.Open(file, name)!;
        while (table.Next()) rows.Add((table.Row.Key, Convert.ToHexString(table.Row.Bytes(1))));
        return rows;
    }

    private static List<(long, string)> Theirs(SqliteConnection connection)
    {
        var rows = new List<(long, string)>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT hnum, blob FROM Packages ORDER BY hnum";
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add((reader.GetInt64(0), Convert.ToHexString((byte[])reader.GetValue(1))));
        return rows;
    }
}
