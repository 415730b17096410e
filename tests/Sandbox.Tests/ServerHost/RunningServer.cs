using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Serilog.Core;
using Serilog.Events;

namespace Sandbox.Tests.ServerHost;

/// <summary>A real server: Kestrel on free ports, SQLite in a temporary folder; only the clock is the test's.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ServerFolder _folder;
    private readonly Keys _keys;

    private RunningServer(ServerFolder folder, ServerSettings settings, Keys keys, FakeTimeProvider time)
    {
        (_folder, _keys, Settings, Time) = (folder, keys, settings, time);
        App = Composition.Build(folder.Folders, settings, keys, time, log => log.MinimumLevel.Verbose().WriteTo.Sink(new Lines(Log)));
    }

    public WebApplication App { get; }

    public FakeTimeProvider Time { get; }

    public ServerSettings Settings { get; private set; }

    public ConcurrentQueue<string> Log { get; } = [];

    public Keys Keys => _keys;

    public ServerFolder Folder => _folder;

    public int WebPort => Settings.Bound!.Web;

    public int AgentPort => Settings.Bound!.Agent;

    public static async Task<RunningServer> StartAsync()
    {
        var folder = await ServerFolder.ReadyAsync();
        return await StartAsync(folder, ServerSettings.Load(folder.Folders)!, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Stops it, does something to its folder, and starts another one there on the same ports. This one is over then.</summary>
    /// <param name="meanwhile">What is done to the folder.</param>
    /// <param name="time">The clock of the other one. Null: the same.</param>
    public async Task<RunningServer> RestartAsync(Func<Task> meanwhile, FakeTimeProvider? time = null)
    {
        await StopAsync();
        await meanwhile();
        return await StartAsync(_folder, Settings with { WebPort = WebPort, AgentPort = AgentPort }, time ?? Time);
    }

    private static async Task<RunningServer> StartAsync(ServerFolder folder, ServerSettings settings, FakeTimeProvider time)
    {
        var server = new RunningServer(folder, settings, Keys.LoadOrCreate(folder.Folders, settings, time), time);
        server.Settings = settings with { Bound = await Listening.StartAsync(server.App, settings, TestContext.Current.CancellationToken) };
        server.Settings.Save(folder.Folders);
        return server;
    }

    /// <summary>A client that trusts this server's CA alone and shows a certificate, if it has one.</summary>
    public HttpClient Http(X509Certificate2? certificate = null) => new(Handler(certificate)) { Timeout = TimeSpan.FromSeconds(20) };

    public GrpcChannel Channel(X509Certificate2? certificate = null, int? port = null) => GrpcChannel.ForAddress(
        $"https://localhost:{port ?? AgentPort}", new GrpcChannelOptions { HttpHandler = Handler(certificate), DisposeHttpClient = true });

    public async Task<T> InStoreAsync<T>(Func<SandboxDb, Task<T>> read)
    {
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _keys.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private SocketsHttpHandler Handler(X509Certificate2? certificate) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _keys.Authority.Certificate },
                RevocationMode = X509RevocationMode.NoCheck,
            },
            ClientCertificates = certificate is null ? [] : [certificate],
        },
    };

    private sealed class Lines(ConcurrentQueue<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => lines.Enqueue($"{logEvent.Level} {logEvent.RenderMessage()} {logEvent.Exception}");
    }
}
