using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>A real gRPC server over mutual TLS that does what a test tells it to.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LabServer(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>What it did and is to do on streams.</summary>
    public required StreamScript Streams { get; init; }

    /// <summary>What it did and is to do at enrolment.</summary>
    public required EnrolmentScript Enrolments { get; init; }

    /// <param name="authority">The CA that it shows and whose devices it knows.</param>
    /// <param name="certificate">What it shows in the handshake; a good one unless given.</param>
    /// <param name="port">0: any.</param>
    public static async Task<LabServer> StartAsync(LabAuthority authority, X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var shown = certificate ?? authority.Server();
        var (streams, enrolments) = (new StreamScript(), new EnrolmentScript(authority));
        builder.Services.AddSingleton(streams).AddSingleton(enrolments).AddGrpc(o => o.MaxReceiveMessageSize = Wire.LargestMessage);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = shown,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, client, _, _) => client is null || IsOf(authority, (X509Certificate2)client),
                }),
            });
        }));

        var app = builder.Build();
        app.MapGrpcService<ScriptedTelemetry>();
        app.MapGrpcService<ScriptedEnrolment>();
        app.MapGet(Wire.CaCertificatePath, () => enrolments.CaAnswer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LabServer(app) { Streams = streams, Enrolments = enrolments, Address = new Uri(app.Urls.Single()).Authority };
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static bool IsOf(LabAuthority authority, X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(client);
    }
}
