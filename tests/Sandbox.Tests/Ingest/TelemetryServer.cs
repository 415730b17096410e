using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Server.Devices;
using Sandbox.Server.Faults;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;
using Sandbox.Storage.Sqlite;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Ingest;

/// <summary>The telemetry service behind a real Kestrel. Which device calls is said in a header here; certificates are another test's matter.</summary>
internal sealed class TelemetryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private TelemetryServer(TemporaryStore store, WebApplication app)
    {
        (Store, _app) = (store, app);
        _channel = GrpcChannel.ForAddress(app.Urls.First(), new GrpcChannelOptions { MaxSendMessageSize = null });
    }

    public TemporaryStore Store { get; }

    public FakeTimeProvider Time => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public LiveFeed Feed => _app.Services.GetRequiredService<LiveFeed>();

    public SeededNow Seeded => _app.Services.GetRequiredService<SeededNow>();

    public OpenStreams Streams => _app.Services.GetRequiredService<OpenStreams>();

    public static async Task<TelemetryServer> StartAsync(Heartbeat? heartbeat = null)
    {
        var store = await TemporaryStore.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddSqliteStore(store.DatabasePath).AddSingleton<TimeProvider>(new FakeTimeProvider(ReportingDevice.Start));
        builder.Services.AddLive().AddSingleton<RefusalBook>().AddSingleton<Refused>();
        builder.Services.AddSingleton<Callers>().AddGrpc(grpc => grpc.Interceptors.Add<Callers>());
        if (heartbeat is not null) builder.Services.AddSingleton(heartbeat);
        builder.Services.AddIngest().AddFaults();
        var app = builder.Build();
        app.MapIngest();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TelemetryServer(store, app);
    }

    public async Task<ReportingDevice> EnrolAsync()
    {
        var device = await ReportingDevice.EnrolAsync(Store);
        _app.Services.GetRequiredService<Callers>().Known[device.Id.ToString()] = device.Caller;
        return device;
    }

    public AsyncDuplexStreamingCall<AgentMessage, ServerMessage> Call(ReportingDevice device) =>
        new Telemetry.TelemetryClient(_channel).Stream(new Metadata { { "device", device.Id.ToString() } }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Opens a stream up to its Welcome.</summary>
    public async Task<(AsyncDuplexStreamingCall<AgentMessage, ServerMessage> Call, Welcome Welcome)> OpenAsync(ReportingDevice device)
    {
        var call = Call(device);
        await call.RequestStream.WriteAsync(new AgentMessage { Hello = device.Hello() });
        return (call, (await NextAsync(call)).Welcome);
    }

    public static async Task<ServerMessage> NextAsync(AsyncDuplexStreamingCall<AgentMessage, ServerMessage> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30)));
        return call.ResponseStream.Current;
    }

    /// <summary>Reads a stream to its refusal.</summary>
    public static async Task<(StatusCode Status, string? Reason)> EndAsync(AsyncDuplexStreamingCall<AgentMessage, ServerMessage> call)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30))) { }
        });
        return (fault.StatusCode, fault.Trailers.GetValue(Wire.ReasonTrailer));
    }

    public async Task StopAsync() => await _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }

    private sealed class Callers : Interceptor
    {
        public Dictionary<string, CallingDevice> Known { get; } = [];

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.UserState[CallingDevice.Key] = Known[context.RequestHeaders.GetValue("device")!];
            return continuation(requestStream, responseStream, context);
        }
    }
}
