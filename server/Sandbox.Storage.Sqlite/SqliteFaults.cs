using Microsoft.Data.Sqlite;

namespace Sandbox.Storage.Sqlite;

/// <summary>SQLite's error codes in words.</summary>
internal static class SqliteFaults
{
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static StoreUnusableException Unusable(SqliteFile file, SqliteException fault) => fault.SqliteErrorCode switch
    {
        NotADatabase => new($"{file.Path} is no SQLite database. Move it away, or name another data folder with --data DIR.", fault),
        ReadOnly or CannotOpen => NotWritable(file, fault),
        Full => new($"The disk of {file.Path} is full. Make room and start again.", fault),
        _ => new($"The database {file.Path} cannot be used: {fault.Message}", fault),
    };

    public static StoreUnusableException NotWritable(SqliteFile file, Exception fault) =>
        new($"The database {file.Path} cannot be written ({fault.Message.TrimEnd('.')}). Make its folder writable for this user, or name another with --data DIR.", fault);
}
