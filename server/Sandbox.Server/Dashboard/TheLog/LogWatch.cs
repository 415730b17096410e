using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Live;
using Sandbox.Storage;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>Looks each second whether the log was published or halted, also by another process, or a witness said something, and tells open pages.</summary>
internal sealed partial class LogWatch(IDbContextFactory<SandboxDb> store, LiveFeed feed, TimeProvider time, ILogger<LogWatch> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        (long Size, DateTimeOffset? Halted, DateTimeOffset? Word)? known = null;
        while (true)
        {
            try
            {
                var now = await LookAsync(stoppingToken);
                if (known is not null && known != now) feed.Publish(new LiveEvent(null, LiveChange.Log, time.GetUtcNow()));
                known = now;
            }
            catch (DbException fault)
            {
                CannotLook(fault.Message);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task<(long Size, DateTimeOffset? Halted, DateTimeOffset? Word)> LookAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var head = await db.LogHeads.AsNoTracking().Select(x => new { x.CheckpointSize, x.HaltedAt }).SingleOrDefaultAsync(ct);
        var words = await db.LogWitnesses.Select(witness => witness.AskedAt).ToListAsync(ct);
        return (head?.CheckpointSize ?? 0, head?.HaltedAt, words.Max());
    }

    [LoggerMessage(3620, LogLevel.Warning, "Open pages do not hear at present what becomes of the evidence log: {Why}")]
    private partial void CannotLook(string why);
}
