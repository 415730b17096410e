using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.Sqlite;

namespace Sandbox.EndToEnd.Strangers;

/// <summary>A lab's evidence log as the server serves it.</summary>
internal static class ServedLog
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    extension(Lab lab)
    {
        /// <summary>The CA's certificate, which a stranger gets from <c>/ca.crt</c> and compares with the pin.</summary>
        public string Authority => Path.Combine(lab.Data, "server", "pki", "ca.crt");

        /// <summary>What is served below <c>/log/</c>.</summary>
        public async Task<byte[]> LogAsync(string path, CancellationToken ct)
        {
            using var handler = new SocketsHttpHandler();
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(lab.Authority) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
            using var http = new HttpClient(handler);
            using var answer = await http.GetAsync(new Uri($"{lab.Page}/log/{path}"), ct);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsByteArrayAsync(ct) : [];
        }

        /// <summary>The checkpoint that is served. Null: none yet.</summary>
        public async Task<Checkpoint?> CheckpointAsync(CancellationToken ct) =>
            await lab.LogAsync("checkpoint", ct) is { Length: > 0 } note ? Checkpoint.Parse(SignedNote.Parse(note).Text) : null;

        /// <summary>Waits until the checkpoint that is served bears this witness's cosignature.</summary>
        public Task CosignedAsync(WitnessVerifierKey witness, CancellationToken ct) => Patience.UntilAsync(
            "What is served is cosigned", Soon, async () => witness.Of(SignedNote.Parse(await lab.LogAsync("checkpoint", ct))) is not null, ct);

        /// <summary>The verifier key that is served.</summary>
        public async Task<string> VerifierKeyAsync(CancellationToken ct) => System.Text.Encoding.UTF8.GetString(await lab.LogAsync("key", ct)).TrimEnd('\n');

        /// <summary>Writes entries beside the running server, as a command does, and waits until they stand under a checkpoint.</summary>
        /// <returns>The checkpoint's signed note.</returns>
        public async Task<byte[]> GrowLogAsync(int count, CancellationToken ct)
        {
            await lab.WriteEntriesAsync(count, ct);
            await Patience.UntilAsync("Every entry has its place", Soon, () => lab.Count("select count(*) from LogEntries where LeafIndex is null") == 0, ct);
            var size = lab.Count("select count(*) from LogEntries");
            byte[] note = [];
            await Patience.UntilAsync($"A checkpoint of {size} entries is served", Soon, async () =>
            {
                note = await lab.LogAsync("checkpoint", ct);
                return note.Length > 0 && Checkpoint.Parse(SignedNote.Parse(note).Text).Size >= size;
            }, ct);
            return note;
        }

        /// <summary>Writes entries beside the running server, as a command does.</summary>
        public async Task WriteEntriesAsync(int count, CancellationToken ct)
        {
            await using var services = new ServiceCollection().AddSqliteStore(lab.Database).BuildServiceProvider();
            await using var db = await services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync(ct);
            for (var i = 0; i < count; i++)
                db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, TimeProvider.System.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
            await db.SaveChangesAsync(ct);
        }
    }
}
