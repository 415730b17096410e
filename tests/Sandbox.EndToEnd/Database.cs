using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sandbox.EndToEnd.Harness;
using Sandbox.Storage.Postgres;

namespace Sandbox.EndToEnd;

/// <summary>The server's database, looked at from outside.</summary>
internal static class Database
{
    extension(Lab lab)
    {
        /// <summary>The first value of the first row, as a number.</summary>
        public long Count(string sql) => Convert.ToInt64(lab.Run(sql), System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>The first value of the first row, as bytes. Null: there is no row.</summary>
        public byte[]? Bytes(string sql) => lab.Run(sql) as byte[];

        /// <summary>The first value of each row, as bytes.</summary>
        public IReadOnlyList<byte[]> AllBytes(string sql)
        {
            using var connection = lab.Connect(SqliteOpenMode.ReadOnly);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            var all = new List<byte[]>();
            while (rows.Read()) all.Add((byte[])rows[0]);
            return all;
        }

        /// <summary>Changes rows behind the server's back.</summary>
        public void Change(string sql) => lab.Run(sql, SqliteOpenMode.ReadWrite);

        /// <summary>How many reports are stored.</summary>
        public long Reports => lab.Count("select count(*) from \"Reports\"");

        /// <summary>
        /// Reports that are missing between the first and the last, plus those that are there twice. 0: nothing lost, nothing twice.
        /// </summary>
        public long LostOrTwice => lab.Count(
            "select coalesce(sum(abs(last - distinct_) + abs(all_ - distinct_)), 0) from " +
            "(select max(\"Sequence\") as last, count(distinct \"Sequence\") as distinct_, count(*) as all_ from \"Reports\" group by \"DeviceId\", \"Epoch\") as epochs");

        /// <summary>What the server knows of PASS_MAX_DAYS of the lab's only device. Null: nothing yet.</summary>
        public long? MaxDays => lab.Run($"select \"Bytes\" from \"Facts\" where \"Kind\" = {Protocol.Fact.PasswordPolicyFieldNumber}") is byte[] fact
            ? Protocol.Fact.Parser.ParseFrom(fact).PasswordPolicy.DefaultMaxAgeDays
            : null;

        private object? Run(string sql, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
        {
            using var connection = lab.Connect(mode);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }

        private DbConnection Connect(SqliteOpenMode mode) => lab.Store is { } store
            ? new NpgsqlConnection(PostgresStore.ConnectionString(PostgresAddress.Parse(store)) + ";Pooling=false")
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = lab.Database, Mode = mode, Pooling = false }.ConnectionString);
    }
}
