using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Sandbox.Storage.Postgres;

/// <summary>
/// Which PostgreSQL database, written as PostgreSQL's own tools write it: <c>postgresql://USER@HOST:PORT/DATABASE</c>, or with the folder of a
/// unix socket, <c>postgresql://USER@/DATABASE?host=/run/postgresql</c>. It never holds a password: it stands in process lists and in files.
/// </summary>
public sealed partial class PostgresAddress
{
    private const int UsualPort = 5432;
    private const string Form = "postgresql://USER@HOST:PORT/DATABASE";
    private const string SocketForm = "postgresql://USER@/DATABASE?host=/run/postgresql";

    private PostgresAddress(NpgsqlConnectionStringBuilder connection) => Connection = connection;

    /// <summary>The name of the database.</summary>
    public string Database => Connection.Database!;

    /// <summary>The role that signs in.</summary>
    public string User => Connection.Username!;

    /// <summary>Host name and port, or the folder of a unix socket.</summary>
    public string Server => IsSocket ? Connection.Host! : string.Create(CultureInfo.InvariantCulture, $"{Connection.Host}:{Connection.Port}");

    /// <summary>What to give PostgreSQL's own tools to reach the same server: <c>-h HOST -p PORT</c>.</summary>
    internal string ToolOptions => string.Create(CultureInfo.InvariantCulture, $"-h {Connection.Host} -p {Connection.Port}");

    internal NpgsqlConnectionStringBuilder Connection { get; }

    private bool IsSocket => Connection.Host!.StartsWith('/');

    /// <summary>Whether a text means PostgreSQL at all.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreUnusableException">It is none, or it holds a password; the message says what to type.</exception>
    public static PostgresAddress Parse(string text)
    {
        if (Password().IsMatch(text)) throw HasPassword();
        if (Parts().Match(text) is not { Success: true } parts)
            throw new StoreUnusableException($"'{text}' is no address of a PostgreSQL database. Its form: {Form}, or with a unix socket: {SocketForm}");
        string Part(string name) => Uri.UnescapeDataString(parts.Groups[name].Value);
        var connection = new NpgsqlConnectionStringBuilder { Host = Part("host").Trim('[', ']'), Port = UsualPort, Username = Part("user"), Database = Part("database") };
        if (Part("port") is { Length: > 0 } port) Set(connection, $"port={port}");
        foreach (var part in parts.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries)) Set(connection, part);
        if (connection is { Host: "" } or { Username: "" } or { Database: "" })
            throw new StoreUnusableException($"The address of a PostgreSQL database names user, host and database; '{text}' lacks one of them. Its form: {Form}, or with a unix socket: {SocketForm}");
        return new PostgresAddress(connection);
    }

    /// <summary>The address in its usual form.</summary>
    public override string ToString()
    {
        var (user, database) = (Uri.EscapeDataString(User), Uri.EscapeDataString(Database));
        var port = Connection.Port.ToString(CultureInfo.InvariantCulture);
        var host = Connection.Host!.Contains(':', StringComparison.Ordinal) ? $"[{Connection.Host}]" : Connection.Host;
        var text = IsSocket ? $"postgresql://{user}@/{database}?host={host}&port={port}" : $"postgresql://{user}@{host}:{port}/{database}";
        foreach (var (name, value) in new[] { ("sslmode", SslModeText), ("sslrootcert", Connection.RootCertificate), ("passfile", Connection.Passfile) })
            if (value is not null) text += $"{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        return text;
    }

    private string? SslModeText => Connection.ContainsKey("SSL Mode") && Connection.SslMode != SslMode.Prefer
        ? Connection.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() }
        : null;

    private static void Set(NpgsqlConnectionStringBuilder connection, string part)
    {
        var name = part.Split('=')[0];
        var value = Uri.UnescapeDataString(part[Math.Min(part.Length, name.Length + 1)..]);
        switch (name)
        {
            case "host": connection.Host = value; break;
            case "port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536: connection.Port = port; break;
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode): connection.SslMode = mode; break;
            case "sslrootcert": connection.RootCertificate = value; break;
            case "passfile": connection.Passfile = value; break;
            case "password": throw HasPassword();
            default: throw new StoreUnusableException($"'{part}' in the address of the PostgreSQL database is not understood. It may hold host, port, sslmode, sslrootcert and passfile.");
        }
    }

    private static StoreUnusableException HasPassword() => new(
        "The address of the PostgreSQL database holds a password, which everybody on this machine could read in the list of processes: change that password. "
        + $"Then put the new one into ~/.pgpass (a line HOST:PORT:DATABASE:USER:PASSWORD, mode 0600) or into the environment variable PGPASSWORD, and type: --store {Form}");

    [GeneratedRegex("^[^/]*://[^@]*:[^@]*@")]
    private static partial Regex Password();

    [GeneratedRegex(@"^postgres(ql)?://((?<user>[^@/?]*)@)?(?<host>\[[^\]]*\]|[^:/?]*)(:(?<port>[0-9]+))?/(?<database>[^?/]*)(\?(?<query>.*))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
