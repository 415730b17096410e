using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Ledger;
using Sandbox.Server.Cosigning;
using Serilog.Core;
using Serilog.Events;

namespace Sandbox.Tests.Cosigning;

/// <summary>A real witness: Kestrel on a free port, files in a temporary folder; only the clock is the test's.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly string _data = Directory.CreateTempSubdirectory("sandbox-witness-").FullName;
    private WebApplication _app = null!;

    private RunningWitness()
    {
        Folder = new WitnessFolder(_data);
        Folder.Make("auditor.example/witness", 0);
        Key = Folder.Key("auditor.example/witness");
    }

    public WitnessFolder Folder { get; }

    public WitnessKey Key { get; private set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public List<string> Log { get; } = [];

    public WitnessedLogs Logs => new(Folder);

    public string Url => $"http://127.0.0.1:{WitnessRun.PortOf(_app)}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A witness of these logs.</summary>
    public static async Task<RunningWitness> StartAsync(params IEnumerable<VerifierKey> logs)
    {
        var witness = new RunningWitness();
        foreach (var log in logs) witness.Logs.Watch(log);
        await witness.StartAsync();
        return witness;
    }

    public async Task<(HttpStatusCode Status, string Body, string Type)> AddAsync(byte[] request)
    {
        using var answer = await _http.PostAsync(new Uri($"{Url}/add-checkpoint"), new ByteArrayContent(request), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), $"{answer.Content.Headers.ContentType}");
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri($"{Url}{path}"), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>Another process on the same files.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Key.Dispose();
        Key = Folder.Key("auditor.example/witness");
        await StartAsync();
    }

    public async Task StopAsync()
    {
        await _app.StopAsync(Ct);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Key.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private Task StartAsync()
    {
        _app = WitnessHost.Build(Folder, new WitnessSettings(Key.Verifier.Name, 0), Key, Time, log => log.WriteTo.Sink(new Lines(Log)));
        return _app.StartAsync(Ct);
    }

    private sealed class Lines(List<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            lock (lines) lines.Add($"{logEvent.Level} {logEvent.RenderMessage()}");
        }
    }
}
