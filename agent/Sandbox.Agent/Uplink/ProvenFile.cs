using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// Makes an empty file once this program has proven that it works, for what starts it: one that ends again and again without is given up for the
/// one before it (deploy/parts/package/launch).
/// </summary>
internal sealed partial class ProvenFile(string path, UplinkBook book, TimeProvider time, ILogger<ProvenFile> logger) : BackgroundService
{
    /// <summary>A server that is away is no fault of this program, so having run for so long is a proof as well.</summary>
    public static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAny(book.FirstWelcome, Task.Delay(LongEnough, time, stoppingToken));
        if (stoppingToken.IsCancellationRequested) return;
        try
        {
            DurableFile.Replace(path, []);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotWritten(path, fault.Message);
        }
    }

    [LoggerMessage(1216, LogLevel.Warning, "{Path} cannot be written, so it cannot be told that this version works: {Fault}")]
    private partial void NotWritten(string path, string fault);
}
