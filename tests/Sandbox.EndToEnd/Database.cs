using Microsoft.Data.Sqlite;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>The server's database, looked at from outside.</summary>
internal static class Database
{
    extension(Lab lab)
    {
        /// <summary>The first value of the first row, as a number.</summary>
        public long Count(string sql) => Convert.ToInt64(lab.Run(lab.Database, SqliteOpenMode.ReadOnly, sql), System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>Changes rows behind the server's back.</summary>
        public void Change(string sql) => lab.Run(lab.Database, SqliteOpenMode.ReadWrite, sql);

        /// <summary>How many reports are stored.</summary>
        public long Reports => lab.Count("select count(*) from Reports");

        /// <summary>
        /// Reports that are missing between the first and the last, plus those that are there twice. 0: nothing lost, nothing twice.
        /// </summary>
        public long LostOrTwice => lab.Count(
            "select coalesce(sum(abs(last - distinct_) + abs(all_ - distinct_)), 0) from " +
            "(select max(Sequence) as last, count(distinct Sequence) as distinct_, count(*) as all_ from Reports group by DeviceId, Epoch)");

        /// <summary>What the server knows of PASS_MAX_DAYS of the lab's only device. Null: nothing yet.</summary>
        public long? MaxDays => lab.Run(lab.Database, SqliteOpenMode.ReadOnly, $"select Bytes from Facts where Kind = {Protocol.Fact.PasswordPolicyFieldNumber}") is byte[] fact
            ? Protocol.Fact.Parser.ParseFrom(fact).PasswordPolicy.DefaultMaxAgeDays
            : null;

        private object? Run(string file, SqliteOpenMode mode, string sql)
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }
}
