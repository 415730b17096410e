using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sandbox.EndToEnd.Harness;

/// <summary>
/// A real PostgreSQL of its own: a private cluster in a temporary folder, reached by a unix socket in that folder and, with passwords, by a free
/// port of this machine. Its databases belong to a role that is no superuser. PostgreSQL refuses to run as root: root starts it as the user
/// postgres of Debian's package. It ends with the process that started it, whatever becomes of that.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The role that owns every database; no superuser.</summary>
    public const string Role = "sandbox";

    /// <summary>That role's password, which only connections by the port need.</summary>
    public const string Password = "not for the process list";

    private const string Admin = "postgres";
    private const int MostTries = 3;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    // Ends the server (fast shutdown) when its own standard input ends, which it does when whoever started it is gone.
    private const string Keeper = "\"$@\" & server=$!; cat >/dev/null; kill -INT $server; wait $server";

    private readonly string _programs;
    private readonly string _folder;
    private readonly bool _durable;
    private readonly bool _isOurs;
    private readonly StringWriter _log = new();
    private Process? _keeper;
    private int _databases;

    private PostgresCluster(string programs, string? folder, int port, bool durable) =>
        (_programs, _folder, Port, _durable, _isOurs) = (programs, Ready(folder ?? Directory.CreateTempSubdirectory("sandbox-pg-").FullName), port, durable, folder is null);

    /// <summary>The port of this machine on which it listens beside the socket.</summary>
    public int Port { get; }

    /// <summary>The folder of its unix socket.</summary>
    public string SocketFolder => _folder;

    /// <summary>What it said since it was started first.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>The server's process id; only while it runs.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private bool PortIsTaken => Log.Contains("Address already in use", StringComparison.Ordinal);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="durable">Whether a commit waits for the disk. Tests that end processes only need no disk: what a process wrote is there.</param>
    /// <param name="folder">An empty folder that stays where it is, such as a small disk. Null: a temporary one.</param>
    public static async Task<PostgresCluster> StartAsync(CancellationToken ct, bool durable = false, string? folder = null)
    {
        for (var tries = 1; ; tries++)
        {
            var cluster = new PostgresCluster(FindPrograms(), folder, FreePort(), durable);
            try
            {
                await cluster.InitializeAsync(ct);
                return cluster;
            }
            catch (PortTakenException) when (tries < MostTries && folder is null)
            {
                // Somebody else got the port that was free a moment ago: the other parts of the tests run beside this one.
                await cluster.DisposeAsync();
            }
            catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Starts the server again after <see cref="StopServerAsync"/> or <see cref="KillServerAsync"/>; returns when it takes connections.</summary>
    public async Task StartServerAsync(CancellationToken ct)
    {
        string[] disk = _durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        _keeper = Start("/bin/bash", ["-c", Keeper, "keeper", .. AsPlainUser("postgres"), "-D", Data, "-k", _folder, "-p", $"{Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "unix_socket_permissions=0777", .. disk]);
        try
        {
            // The keeper lives on when the server does not.
            await Patience.UntilAsync("PostgreSQL takes connections", LongestStart, async () => _keeper.HasExited || PortIsTaken || await TakesConnectionsAsync(ct), ct);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It says:\n{Log}", late);
        }

        if (PortIsTaken) throw new PortTakenException(Log);
        if (!_keeper.HasExited) return;
        await _keeper.WaitForExitAsync(ct);
        throw new InvalidOperationException($"PostgreSQL ended with exit code {_keeper.ExitCode}:\n{Log}");
    }

    /// <summary>Ends the server in good order; open connections are cut (pg_ctl's fast mode).</summary>
    public async Task StopServerAsync()
    {
        if (_keeper is null) return;
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync(CancellationToken.None);
        _keeper.Dispose();
        _keeper = null;
    }

    /// <summary>SIGKILL: the server gets no chance to tidy up. Its children see that it is gone and end by themselves; before they have, it cannot start again.</summary>
    public async Task KillServerAsync()
    {
        var server = Id;
        var children = (await File.ReadAllTextAsync($"/proc/{server}/task/{server}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Signals.Kill(server);
        await StopServerAsync();
        await Patience.UntilAsync("PostgreSQL's children are gone", LongestStart, () => !Array.Exists(children, child => Directory.Exists($"/proc/{child}")), CancellationToken.None);
    }

    /// <summary>A new database, empty or a copy, as <c>--store</c> names it.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="copyOf">A database that nobody is connected to. Null: an empty one.</param>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct, string copyOf = "template0")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"lab{Interlocked.Increment(ref _databases)}");
        await SqlAsync($"CREATE DATABASE {name} OWNER {Role} TEMPLATE {copyOf}", ct);
        return Address(name);
    }

    /// <summary>A database by the unix socket, as <c>--store</c> names it.</summary>
    public string Address(string database, string role = Role) => $"postgresql://{role}@/{database}?host={SocketFolder}&port={Port}";

    /// <summary>The same database by the port, which wants a password.</summary>
    public string AddressByPort(string database, string role = Role) => $"postgresql://{role}@127.0.0.1:{Port}/{database}";

    /// <summary>What the superuser says to a database, and the answer.</summary>
    public Task<string> SqlAsync(string sql, CancellationToken ct, string database = "postgres") =>
        RunAsync("psql", sql, ct, "-h", SocketFolder, "-p", $"{Port}", "-U", Admin, "-d", database, "-v", "ON_ERROR_STOP=1", "-qtAX");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        if (_isOurs) Directory.Delete(_folder, recursive: true);
        await _log.DisposeAsync();
    }

    private async Task InitializeAsync(CancellationToken ct)
    {
        await RunAsync("initdb", null, ct, "-D", Data, "-U", Admin, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        await File.WriteAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", ct);
        await StartServerAsync(ct);
        await SqlAsync($"CREATE ROLE {Role} LOGIN PASSWORD '{Password}'", ct);
    }

    private async Task<bool> TakesConnectionsAsync(CancellationToken ct)
    {
        using var ask = Start(Path.Combine(_programs, "pg_isready"), ["-q", "-h", SocketFolder, "-p", $"{Port}", "-U", Admin]);
        await ask.WaitForExitAsync(ct);
        return ask.ExitCode == 0;
    }

    private async Task<string> RunAsync(string program, string? input, CancellationToken ct, params string[] arguments)
    {
        string[] line = [.. AsPlainUser(program), .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"{program}: {await error}");
    }

    private Process Start(string program, string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
            },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_log)
            if (line is not null) _log.WriteLine(line);
    }

    private string[] AsPlainUser(string program)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", $"--reuid={Admin}", $"--regid={Admin}", "--clear-groups", path] : [path];
    }

    private static string Ready(string folder)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return folder;
        using var give = Process.Start("/bin/chown", [$"{Admin}:{Admin}", folder]);
        give.WaitForExit();
        // A server under test may run as another user and has to reach the socket.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    private static string FindPrograms()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .OrderByDescending(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), CultureInfo.InvariantCulture, out var version) ? version : 0).FirstOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is missing. Type: sudo apt-get install -y postgresql");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class PortTakenException(string log) : InvalidOperationException($"PostgreSQL's port is taken:\n{log}");
}
