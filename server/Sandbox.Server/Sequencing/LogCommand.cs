using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Server.Witness;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary><c>sandbox-server log status|verify|renew|roll|witness</c>.</summary>
internal static class LogCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("log", "The evidence log: how it is, whether it is whole, and its keys")
    {
        Status(),
        Verify(),
        Renew(),
        Roll(),
        WitnessCommands.Create(),
    };

    private static Command Status() => StoreCommand.Create("status", "Origin, size, what waits, the last checkpoint, and why it is not signed if it is not", [], async (parse, store, ct) =>
    {
        using var keys = new LogKeyFiles(store.Folders).Load(store.Settings.LogOrigin);
        var head = await store.Get<ILogStore>().HeadAsync(keys.Origin, ct);
        var pending = await store.Get<SandboxDb>().LogEntries.LongCountAsync(entry => entry.LeafIndex == null, ct);
        var output = parse.InvocationConfiguration.Output;
        await output.WriteLineAsync($"origin: {head.Origin}");
        await output.WriteLineAsync($"entries: {head.Size}");
        await output.WriteLineAsync($"waiting: {pending}");
        await output.WriteLineAsync($"checkpoint: {CheckpointWords(head, TimeProvider.System.GetUtcNow())}");
        foreach (var key in keys.Signing) await output.WriteLineAsync($"key: {key.Verifier}");
        foreach (var witness in await new WitnessBook(store.Get<SandboxDb>(), TimeProvider.System).AllAsync(ct))
            await output.WriteLineAsync($"witness: {witness.Name}: {WitnessCommands.Words(witness)}");
        await output.WriteLineAsync($"state: {StateWords(head, keys)}");
    });

    private static Command Verify() => StoreCommand.CreateWithCode("verify", "Read every leaf, body, tile and the checkpoint again, and say what is wrong where; exit code 1 when something is", [], async (parse, store, ct) =>
    {
        using var keys = new LogKeyFiles(store.Folders).Load(store.Settings.LogOrigin);
        var output = parse.InvocationConfiguration.Output;
        var found = await new LogAudit(new StoredLog(store.Get<SandboxDb>()), keys.Verifiers).RunAsync(ct);
        foreach (var fault in found.Faults) await output.WriteLineAsync($"wrong: {fault}");
        await output.WriteLineAsync(found.Faults.Count == 0
            ? $"The log is whole: {Count(found.Entries, "entry", "entries")}, {Count(found.Tiles, "tile", "tiles")}, {Count(found.Erased, "erased body", "erased bodies")}."
            : $"The log is not whole: {Count(found.Faults.Count, "fault", "faults")} in {Count(found.Entries, "entry", "entries")} and {Count(found.Tiles, "tile", "tiles")}.");
        return found.Faults.Count == 0 ? 0 : 1;
    });

    private static string Count(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static Command Renew()
    {
        var yes = new Option<bool>("--yes") { Description = "Yes, the newer database is lost for good" };
        return StoreCommand.Create("renew", "After a halt: let the same tree go on under a new name and with a new key", [yes], async (parse, store, ct) =>
        {
            using var alone = Alone(store);
            var renewed = await new LogRenewal(store).RunAsync(parse.GetValue(yes), ct);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync($"verifier-key: {renewed}");
            await output.WriteLineAsync($"The log goes on as {renewed.Name} when the server starts. Give auditors the verifier key; the log itself says which key was before, and which checkpoint was seen.");
        });
    }

    private static Command Roll()
    {
        var finish = new Option<bool>("--finish") { Description = "Auditors have the new key: the old one signs no more" };
        return StoreCommand.Create("roll", "Give the log a new key; the old one signs beside it until --finish", [finish], async (parse, store, ct) =>
        {
            using var alone = Alone(store);
            var (roll, output) = (new LogRoll(store), parse.InvocationConfiguration.Output);
            if (parse.GetValue(finish))
            {
                await output.WriteLineAsync($"The key {await roll.FinishAsync(ct)} signs no more. The new one signs alone when the server starts.");
                return;
            }
            await output.WriteLineAsync($"verifier-key: {await roll.BeginAsync(ct)}");
            await output.WriteLineAsync("Both keys sign when the server starts. Give auditors and witnesses the new verifier key, then stop the server and type: sandbox-server log roll --finish");
        });
    }

    // A running server holds its keys in memory: it would go on signing with those that are being taken away.
    private static ServerLock Alone(CommandStore store) => ServerLock.TryTake(store.Folders)
        ?? throw new SetupException($"A server runs on {store.Folders.Root} and holds the log's keys. Stop it, type this again, then start it.");

    private static string CheckpointWords(LogHead head, DateTimeOffset now)
    {
        if (head.PublishedAt is not { } at) return "none yet";
        return string.Create(CultureInfo.InvariantCulture, $"{head.CheckpointSize} entries, signed at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}, {Math.Max(0, (long)(now - at).TotalSeconds)} s ago");
    }

    private static string StateWords(LogHead head, LogKeys keys) => head switch
    {
        { HaltedAt: { } at } => $"halted since {Listing.Time(at)}: {head.HaltReason}",
        _ when head.Origin != keys.Origin => $"not signed: the database holds the log {head.Origin}, the key is one of {keys.Origin}",
        _ when keys.Signing.Count > 1 => "signed by two keys; the roll is finished with: sandbox-server log roll --finish",
        _ => "signed",
    };
}
