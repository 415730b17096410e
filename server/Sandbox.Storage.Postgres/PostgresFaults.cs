using System.Net.Sockets;
using Npgsql;

namespace Sandbox.Storage.Postgres;

/// <summary>PostgreSQL's errors in words.</summary>
internal static class PostgresFaults
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    public static StoreUnusableException Unusable(PostgresAddress address, NpgsqlException fault) => new(fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"There is no database {address.Database} on {address.Server}. Make it, as an administrator of PostgreSQL: createdb {address.ToolOptions} -T template0 -E UTF8 -O {address.User} {address.Database}",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
            $"PostgreSQL on {address.Server} does not take the password of {address.User}. Put the right one into ~/.pgpass ({PassLine(address)}; mode 0600) or into the environment variable PGPASSWORD.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"PostgreSQL on {address.Server} does not let {address.User} in ({refused.MessageText}). Make the role, as an administrator of PostgreSQL: createuser {address.ToolOptions} -P {address.User}; or let it in by a line in pg_hba.conf.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"The role {address.User} may not change the database {address.Database} on {address.Server} ({refused.MessageText}). Give it to the role, as an administrator of PostgreSQL: psql {address.ToolOptions} -c 'ALTER DATABASE \"{address.Database}\" OWNER TO \"{address.User}\"'",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            $"PostgreSQL on {address.Server} is a read-only copy. Name the primary: --store postgresql://{address.User}@PRIMARY:PORT/{address.Database}",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            $"PostgreSQL on {address.Server} has no connection left. End what holds them, or raise max_connections in postgresql.conf, then start again.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The disk of PostgreSQL on {address.Server} is full. Make room and start again.",
        PostgresException other => $"The database {address.Database} on {address.Server} cannot be used: {other.MessageText} ({other.SqlState})",
        { InnerException: SocketException unreachable } =>
            $"PostgreSQL does not answer on {address.Server} ({unreachable.Message}). Start it (sudo systemctl start postgresql), or name the right address: --store postgresql://USER@HOST:PORT/DATABASE",
        _ when fault.Message.Contains("No password", StringComparison.OrdinalIgnoreCase) =>
            $"PostgreSQL on {address.Server} wants a password of {address.User}. Put it into ~/.pgpass ({PassLine(address)}; mode 0600) or into the environment variable PGPASSWORD.",
        _ => $"PostgreSQL on {address.Server} cannot be used: {Whole(fault)}",
    }, fault);

    /// <summary>The words of a fault and of what caused it.</summary>
    public static string Whole(Exception fault) => fault.InnerException is { } cause ? $"{fault.Message} {Whole(cause)}" : fault.Message;

    private static string PassLine(PostgresAddress address) =>
        $"a line {(address.Connection.Host!.StartsWith('/') ? "localhost" : address.Connection.Host)}:{address.Connection.Port}:{address.Database}:{address.User}:PASSWORD";
}
