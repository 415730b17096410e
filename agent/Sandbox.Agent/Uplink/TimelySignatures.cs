using Microsoft.Extensions.Hosting;

namespace Sandbox.Agent.Uplink;

/// <summary>Keeps the writer signing while the agent runs.</summary>
internal sealed class TimelySignatures(ReportWriter writer) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => writer.SignInTimeAsync(stoppingToken);
}
