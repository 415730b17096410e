using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary><c>sandbox-server evidence list|show|export</c>: what the log says, and what an auditor takes home.</summary>
internal static class EvidenceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("evidence", "What the evidence log says, and the bundle that an auditor takes home") { List(), Show(), ExportCommand.Create() };

    private static Command List()
    {
        var scope = new ScopeOptions();
        var kind = new Option<string?>("--kind") { Description = "Entries of this kind, such as evidence or signoff" };
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<EntryKind>().Select(name => name.ToLowerInvariant())]);
        var after = new Option<long?>("--after") { Description = "Entries after this index" };
        var most = new Option<long>("--limit") { Description = "At the most so many; 100 unless given", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "As JSON, one entry a line, with all that it says" };
        return StoreCommand.Create("list", "Entries of the log, the oldest first", [.. scope.All, kind, after, most, json], async (parse, store, ct) =>
        {
            var chosen = parse.GetValue(kind) is { } word ? Enum.Parse<EntryKind>(word, ignoreCase: true) : (EntryKind?)null;
            var entries = new EntryReader(store.Get<SandboxDb>()).ReadAsync(await scope.ReadAsync(parse, store, ct), chosen, parse.GetValue(after), Math.Max(1, parse.GetValue(most)), long.MaxValue, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
                await foreach (var entry in entries) await output.WriteLineAsync(Encoding.UTF8.GetString(EntryJson.Of(entry)));
            else Listing.Write(output, ["INDEX", "TIME", "KIND", "LINE", "PERSON", "DEVICE", "BY"], await RowsAsync(entries, store, ct));
        });
    }

    private static Command Show()
    {
        var index = new Argument<long>("INDEX") { Description = "Place in the log, from 0" };
        return StoreCommand.Create("show", "One entry with all that it says, as JSON", [index], async (parse, store, ct) =>
        {
            var entry = await new EntryReader(store.Get<SandboxDb>()).OneAsync(parse.GetRequiredValue(index), ct)
                ?? throw new SetupException($"The log has no entry {parse.GetRequiredValue(index)}. How many there are: sandbox-server log status");
            await parse.InvocationConfiguration.Output.WriteLineAsync(Encoding.UTF8.GetString(EntryJson.Of(entry, indented: true)));
        });
    }

    private static async Task<IReadOnlyList<string?[]>> RowsAsync(IAsyncEnumerable<LoggedEntry> entries, CommandStore store, CancellationToken ct)
    {
        var people = await store.Get<SandboxDb>().Names.ToDictionaryAsync(x => x.Id, x => x.Name, ct);
        var devices = await store.Get<SandboxDb>().Devices.ToDictionaryAsync(x => x.Id, x => x.Name, ct);
        var rows = new List<string?[]>();
        await foreach (var entry in entries)
        {
            var says = BodyWords.Read(entry);
            rows.Add([
                entry.LeafIndex!.Value.ToString(CultureInfo.InvariantCulture), Listing.Time(entry.At), entry.Kind.ToString().ToLowerInvariant(), says is null ? "(erased)" : EntryLine.Of(says),
                Named(entry.PersonId, people), Named(entry.DeviceId, devices), says is null ? null : Named(BodyWords.By(says), people),
            ]);
        }
        return rows;
    }

    private static string? Named<T>(T? id, Dictionary<T, string> names)
        where T : struct => id is { } one ? names.GetValueOrDefault(one, $"{one}") : null;
}
