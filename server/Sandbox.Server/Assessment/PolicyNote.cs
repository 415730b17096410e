using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Assessment;

/// <summary>Notes in the evidence log, before anything is judged, which policy judges from now on; once for each name.</summary>
internal sealed class PolicyNote(IDbContextFactory<SandboxDb> store, TimeProvider time) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.CreateDbContextAsync(cancellationToken);
        var body = await db.LogEntries.Where(entry => entry.Kind == EntryKind.Policy).OrderByDescending(entry => entry.Id).Select(entry => entry.Body)
            .FirstOrDefaultAsync(cancellationToken);
        if (body is not null && LogBody.Parser.ParseFrom(body).PolicyInForce?.Policy == LabDefault.Name) return;

        var now = time.GetUtcNow();
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, now, new LogBody { PolicyInForce = InForce(now) }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Judging a device that said nothing gives every rule with what it expects.
    private static PolicyInForce InForce(DateTimeOffset now) => new()
    {
        Policy = LabDefault.Name,
        Rules = { LabDefault.Judge(new DeviceFacts(), now).Findings.Select(finding => $"{finding.Rule}: {finding.Expected}") },
    };
}
