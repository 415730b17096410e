using System.CommandLine;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary><c>sandbox-server devices list|rename|retire|replace|revoke|split|release|group|role|mark|marks|unmark</c>. A device is named by its name or the first digits of its id.</summary>
internal static class DevicesCommand
{
    private const string ListWords = "sandbox-server devices list";

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("devices", "The machines that report here")
    {
        List(),
        Rename(),
        End("retire", "Take a device out of service; its record stays", DeviceState.Retired),
        End("revoke", "Shut a device out at once, because its key may be in wrong hands", DeviceState.Revoked),
        Replace(),
        CloneCommands.Split(),
        CloneCommands.Release(),
        ScopeCommands.Group(),
        ScopeCommands.Role(),
        MarkCommands.Mark(),
        MarkCommands.Marks(),
        MarkCommands.Unmark(),
    };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "All devices", [json], async (parse, store, ct) =>
        {
            var devices = await store.Get<DeviceRecords>().ListAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, devices, ListingJson.Default.IReadOnlyListDeviceEntry);
            else Listing.Write(output, ["ID", "NAME", "OWNER", "STATE", "LAST SEEN", "CERTIFICATE ENDS", "GROUPS"], devices.Select(Row));
        });
    }

    private static Command Rename()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        var name = new Argument<string>("NAME") { Description = "The new name" };
        return StoreCommand.Create("rename", "Give a device another name", [device, name], async (parse, store, ct) =>
        {
            var chosen = await OneAsync(parse.GetRequiredValue(device), store, ct);
            await store.Get<DeviceRecords>().RenameAsync(Id(chosen), parse.GetRequiredValue(name), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{chosen.Name} is now called {parse.GetRequiredValue(name)}.");
        });
    }

    private static Command End(string word, string description, DeviceState state)
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        var reason = new Option<string?>("--reason") { Description = "Why, for those who ask later" };
        return StoreCommand.Create(word, description, [device, reason], async (parse, store, ct) =>
        {
            var chosen = await OneAsync(parse.GetRequiredValue(device), store, ct);
            var changed = await store.Get<DeviceRecords>().EndAsync(Id(chosen), state, parse.GetValue(reason), ct);
            var words = state == DeviceState.Revoked ? "revoked" : "retired";
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                changed ? $"{chosen.Name} is {words}; a running server closes its stream within a second." : $"{chosen.Name} was {Word(chosen.State)} already; nothing changed.");
        });
    }

    private static Command Replace()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        var quiet = new Option<bool>("--quiet") { Description = "Print the code alone" };
        return StoreCommand.Create("replace", "Make a join code for the machine that takes a device's place", [device, quiet], async (parse, store, ct) =>
        {
            var chosen = await OneAsync(parse.GetRequiredValue(device), store, ct);
            var text = await NewCode.TextAsync(store, chosen.OwnerId, NewCode.UsualLife, Id(chosen), ct);
            await NewCode.PrintAsync(parse.InvocationConfiguration.Output, text, $"The machine that takes the place of {chosen.Name}", NewCode.UsualLife, parse.GetValue(quiet));
        });
    }

    internal static async Task<DeviceEntry> OneAsync(string typed, CommandStore store, CancellationToken ct) => Pick.One(
        typed, "device", ListWords, await store.Get<DeviceRecords>().ListAsync(ct), x => x.Name, x => x.Id, preferred: x => x.State is DeviceState.Active or DeviceState.Quarantined);

    internal static DeviceId Id(DeviceEntry device) => DeviceId.TryParse(device.Id, out var id) ? id : throw new InvalidOperationException(device.Id);

    private static string?[] Row(DeviceEntry x) =>
        [x.Id[..8], x.Name, x.Owner ?? "nobody", Word(x.State) + (x.StateReason is { } why ? $": {why}" : ""), Listing.Time(x.LastSeenAt) ?? "never", Listing.Time(x.CertificateExpiresAt), string.Join(", ", x.Groups)];

    private static string Word(DeviceState state) => state.ToString().ToLowerInvariant();
}
