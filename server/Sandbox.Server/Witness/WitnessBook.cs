using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Witness;

/// <summary>Who outside is asked to cosign checkpoints. Each change of that is an entry of the log.</summary>
internal sealed class WitnessBook(SandboxDb db, TimeProvider time)
{
    /// <summary>All of them, by name.</summary>
    public Task<List<LogWitness>> AllAsync(CancellationToken ct) => db.LogWitnesses.AsNoTracking().OrderBy(witness => witness.Name).ToListAsync(ct);

    /// <summary>Asks a witness from now on, or under another address.</summary>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="SetupException">The address cannot be used, or another key has that name.</exception>
    public async Task<bool> AddAsync(string url, WitnessVerifierKey key, CancellationToken ct)
    {
        var address = Address(url);
        var known = await db.LogWitnesses.SingleOrDefaultAsync(witness => witness.Name == key.Name, ct);
        if (known is not null && known.VerifierKey != key.ToString())
            throw new SetupException($"{key.Name} is asked already, with another key. If it has a new one, first type: sandbox-server log witness remove {key.Name}");
        if (known?.Url == address) return false;
        if (known is null) db.LogWitnesses.Add(known = new LogWitness { Name = key.Name, Url = address, VerifierKey = key.ToString() });
        known.Url = address;
        Say(known, removed: false);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Asks a witness no more.</summary>
    /// <exception cref="SetupException">There is none of that name.</exception>
    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        var known = await db.LogWitnesses.SingleOrDefaultAsync(witness => witness.Name == name, ct)
            ?? throw new SetupException($"There is no witness {name}. See which there are with: sandbox-server log witness list");
        db.LogWitnesses.Remove(known);
        Say(known, removed: true);
        await db.SaveChangesAsync(ct);
    }

    private void Say(LogWitness witness, bool removed) => db.LogEntries.Add(LoggedEntry.New(EntryKind.Witness, time.GetUtcNow(), new LogBody
    {
        WitnessNamed = new WitnessNamed { Name = witness.Name, Url = witness.Url, VerifierKey = witness.VerifierKey, Removed = removed },
    }));

    private static string Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "", UserInfo: "" }
            ? address.ToString().TrimEnd('/')
            : throw new SetupException($"'{url}' is no address of a witness: give one such as http://auditor.example:7445.");
}
