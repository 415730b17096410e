using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Policies;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Assessment;

/// <summary>Notes in the evidence log, before anything is judged, which policy judges from now on, when it is not the one that judged before; then every device is judged anew in the background, also across restarts: all are made due at the instant of the entry, and a judgement moves its device on.</summary>
internal sealed class PolicyNote(IDbContextFactory<SandboxDb> store, Policy policy, TimeProvider time) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.CreateDbContextAsync(cancellationToken);
        var body = await db.LogEntries.Where(entry => entry.Kind == EntryKind.Policy).OrderByDescending(entry => entry.Id).Select(entry => entry.Body)
            .FirstOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow();
        var inForce = InForce();
        if (body is not null && inForce.Equals(LogBody.Parser.ParseFrom(body).PolicyInForce)) return;

        await using var all = await db.Database.BeginTransactionAsync(cancellationToken);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, now, new LogBody { PolicyInForce = inForce }));
        await db.SaveChangesAsync(cancellationToken);
        await db.Devices.Where(device => device.JudgeAt != null).ExecuteUpdateAsync(set => set.SetProperty(device => device.JudgeAt, now), cancellationToken);
        await all.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private PolicyInForce InForce()
    {
        var demands = PolicyDemand.Of(policy);
        return new PolicyInForce
        {
            Policy = policy.Name,
            Rules = { demands.Where(one => one.Scope == DeviceScope.Everything).SelectMany(one => one.Expected, (one, expected) => $"{one.Rule}: {expected}") },
            Exemptions = { policy.Exemptions.Select(one => $"{one.Rule}, {one.Subject ?? "everybody"}, {one.Scope.Words}, until {one.Until:yyyy-MM-dd}: {one.Reason}") },
            ScopedRules = { demands.Where(one => one.Scope != DeviceScope.Everything).Select(one => one.Words) },
        };
    }
}
