using System.CommandLine;
using System.Globalization;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary><c>sandbox-server devices mark|marks|unmark</c>: accounts whose passwords others may know.</summary>
internal static class MarkCommands
{
    /// <summary>Makes <c>mark</c>.</summary>
    public static Command Mark()
    {
        var account = new Argument<string>("ACCOUNT") { Description = "Name of the account" };
        var since = new Option<string>("--since") { Description = "The day since which others may know it, UTC, such as 2026-11-20; a change on that very day does not tell", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, for who answers it", Required = true };
        var device = new Option<string?>("--device") { Description = "Only on this device: name or first digits of the id; on every one unless given" };
        return StoreCommand.Create("mark", "Say that others may know the password of an account: it fails until it has another", [account, since, reason, device], async (parse, store, ct) =>
        {
            var on = parse.GetValue(device) is { } typed ? await DevicesCommand.OneAsync(typed, store, ct) : null;
            var mark = await store.Get<CompromiseBook>().MarkAsync(new StoredMark
            {
                Account = parse.GetRequiredValue(account), Since = DayOf(parse.GetRequiredValue(since)), Reason = parse.GetRequiredValue(reason).Trim(), DeviceId = on is null ? null : DevicesCommand.Id(on),
            }, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{mark.Account} on {on?.Name ?? "every device"} is marked as known to others since {mark.Since:yyyy-MM-dd} ({mark.Id.ToString()[..8]}).");
            if (on is null) await parse.InvocationConfiguration.Output.WriteLineAsync(await store.Get<CompromiseBook>().CountAsync(mark.Account, ct) switch
            {
                0 => "No device has said that it has such an account: is the name right?",
                1 => "1 device has such an account.",
                var many => $"{many} devices have such an account.",
            });
        });
    }

    /// <summary>Makes <c>marks</c>.</summary>
    public static Command Marks()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("marks", "Accounts that are marked as known to others", [json], async (parse, store, ct) =>
        {
            var all = await store.Get<CompromiseBook>().ListAsync(null, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, all, ListingJson.Default.IReadOnlyListMarkEntry);
            else Listing.Write(output, ["ID", "ACCOUNT", "DEVICE", "SINCE", "WHY"], all.Select(x => (string?[])[x.Id.ToString()[..8], x.Account, x.Device ?? "every device", $"{x.Since:yyyy-MM-dd}", x.Reason]));
        });
    }

    /// <summary>Makes <c>unmark</c>.</summary>
    public static Command Unmark()
    {
        var id = new Argument<string>("ID") { Description = "First digits of the id, as devices marks shows it" };
        return StoreCommand.Create("unmark", "Take a mark back that was wrong", [id], async (parse, store, ct) =>
        {
            var one = Pick.One(parse.GetRequiredValue(id), "mark", "sandbox-server devices marks", await store.Get<CompromiseBook>().ListAsync(null, ct), x => x.Account, x => x.Id.ToString());
            await store.Get<CompromiseBook>().WithdrawAsync(one.Id, null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{one.Account} on {one.Device ?? "every device"} is not marked any more.");
        });
    }

    /// <summary>The day of a text.</summary>
    /// <exception cref="SetupException">It is none.</exception>
    public static DateOnly DayOf(string typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new SetupException($"'{typed}' is no day: write it like 2026-11-20.");
}
