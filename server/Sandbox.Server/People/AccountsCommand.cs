using System.CommandLine;
using System.Globalization;
using Sandbox.Evidence.Attribution;
using Sandbox.Server.Devices;
using Sandbox.Server.Hosting;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary><c>sandbox-server accounts add|list|end</c>: who works on machines under which account.</summary>
internal static class AccountsCommand
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK"];

    private const string ListWords = "sandbox-server accounts list";

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("accounts", "Who works on machines under which account: what they do there is theirs, and what nobody known did counts for nobody") { Add(), List(), End() };

    private static Command Add()
    {
        var person = new Argument<string>("PERSON") { Description = "What they type to sign in" };
        var account = new Option<string?>("--account") { Description = "Name of their account on the machines" };
        var key = new Option<string?>("--key") { Description = "Fingerprint of their SSH key, SHA256:..., for accounts that several share" };
        var sid = new Option<string?>("--sid") { Description = "Their SID on Windows, as whoami /user shows it; of an account that is a machine's own only together with --device. Agents on Windows are not there yet" };
        var device = new Option<string?>("--device") { Description = "Only on this device: name or first digits of the id; on every one unless given" };
        var from = new Option<string?>("--from") { Description = "From when on, such as 2026-11-23 or 2026-11-23T08:00Z; from now unless given: what was done before is theirs only with it" };
        var until = new Option<string?>("--until") { Description = "Until before when; without an end unless given" };
        return StoreCommand.Create("add", "Say whose an account, a key or a SID is", [person, account, key, sid, device, from, until], async (parse, store, ct) =>
        {
            var named = new[] { (HolderKind.Account, parse.GetValue(account)), (HolderKind.Key, parse.GetValue(key)), (HolderKind.Sid, parse.GetValue(sid)) }.Where(x => x.Item2 is not null).ToList();
            if (named.Count != 1) throw new SetupException("Say by what they are known: one of --account NAME, --key SHA256:... and --sid S-1-...");
            var who = Pick.One(parse.GetRequiredValue(person), "person", "sandbox-server people list", await store.Get<Roster>().ListAsync(ct), x => x.Name);
            var on = parse.GetValue(device) is { } typed ? await DevicesCommand.OneAsync(typed, store, ct) : null;
            var held = await store.Get<HolderBook>().AddAsync(new HeldAccount
            {
                PersonId = who.Id, Kind = named[0].Item1, Value = named[0].Item2!, DeviceId = on is null ? null : DevicesCommand.Id(on),
                From = At(parse.GetValue(from)) ?? store.Get<TimeProvider>().GetUtcNow(), Until = At(parse.GetValue(until)),
            }, ct);
            if (held is { Kind: HolderKind.Sid, DeviceId: null }) await parse.InvocationConfiguration.Error.WriteLineAsync(HolderBook.SidEverywhere);
            var entry = (await store.Get<HolderBook>().ListAsync(ct)).Single(x => x.Id == held.Id);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{who.Name} works as {held.Value} on {on?.Name ?? "every device"} from {Listing.Time(held.From)}{(held.Until is { } end ? $" to {Listing.Time(end)}" : "")} ({held.Id.ToString()[..8]}).");
            if (entry.Shared) await parse.InvocationConfiguration.Error.WriteLineAsync(held.Kind == HolderKind.Account ? $"Somebody else works as {held.Value}, too: nobody is named by it, unless the key of the session is known (--key)." : $"Somebody else is known by {held.Value}, too: nobody is named by it.");
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "All that was said, with what has ended", [json], async (parse, store, ct) =>
        {
            var all = await store.Get<HolderBook>().ListAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, all, ListingJson.Default.IReadOnlyListHolderEntry);
            else Listing.Write(output, ["ID", "PERSON", "BY", "IS", "DEVICE", "FROM", "UNTIL", "NOTE"], all.Select(Row));
        });
    }

    private static Command End()
    {
        var id = new Argument<string>("ID") { Description = "First digits of the id, as accounts list shows it" };
        var at = new Option<string?>("--at") { Description = "From when on it holds no longer; from now unless given" };
        return StoreCommand.Create("end", "Say that an account is somebody's no longer; what was credited for the time before it stands", [id, at], async (parse, store, ct) =>
        {
            var one = Pick.One(parse.GetRequiredValue(id), "account", ListWords, await store.Get<HolderBook>().ListAsync(ct), x => x.Value, x => x.Id.ToString());
            var ended = await store.Get<HolderBook>().EndAsync(one.PersonId, one.Id, At(parse.GetValue(at)) ?? store.Get<TimeProvider>().GetUtcNow(), null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(ended.Until > ended.From ? $"{one.Person} works as {one.Value} on {one.Device ?? "every device"} until {Listing.Time(ended.Until)}." : $"{one.Person} never worked as {one.Value} on {one.Device ?? "every device"}: that is taken back.");
        });
    }

    private static string?[] Row(HolderEntry x) =>
        [x.Id.ToString()[..8], x.Person, x.Kind.ToString().ToLowerInvariant(), x.Value, x.Device ?? "every device", Listing.Time(x.From), Listing.Time(x.Until) ?? "", x.Shared ? "shared: names nobody" : !x.Holds ? "does not hold now" : x is { Kind: HolderKind.Sid, Device: null } ? "as an account of a domain alone" : ""];

    private static DateTimeOffset? At(string? typed) => typed is null ? null
        : DateTimeOffset.TryParseExact(typed, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is > 1970 and < 9000 ? at
        : throw new SetupException($"'{typed}' is no instant: give a day, such as 2026-11-23, or a time as well, such as 2026-11-23T08:00Z; without a zone it is UTC.");
}
