using System.CommandLine;
using Sandbox.Evidence;
using Sandbox.Server.Compliance;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Devices;

/// <summary><c>sandbox-server devices group|role</c>: what the policy goes by, beside what devices say.</summary>
internal static class ScopeCommands
{
    private const string ByItself = "by-itself";

    /// <summary>Makes <c>group</c>.</summary>
    public static Command Group()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        var group = new Argument<string>("GROUP") { Description = "Small letters, digits and dashes, such as kiosks" };
        var remove = new Option<bool>("--remove") { Description = "Take it out of the group" };
        return StoreCommand.Create("group", "Put a device into a group of the policy, or take it out", [device, group, remove], async (parse, store, ct) =>
        {
            var chosen = await DevicesCommand.OneAsync(parse.GetRequiredValue(device), store, ct);
            var (named, takes, book) = (parse.GetRequiredValue(group), parse.GetValue(remove), store.Get<ScopeBook>());
            var changed = takes ? await book.RemoveAsync(DevicesCommand.Id(chosen), named, null, ct) : await book.AddAsync(DevicesCommand.Id(chosen), named, null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{chosen.Name} is {(takes ? "not " : "")}in the group {named}{(changed ? "" : ", as before")}.");
            if (!takes && PolicyInUse.Of(store.Folders, store.Settings) is var policy && !policy.Groups.Contains(named))
                await parse.InvocationConfiguration.Output.WriteLineAsync($"The policy {policy.Name} names no such group, so nothing is different for it{(policy.Groups.Count == 0 ? "" : $"; it names {string.Join(", ", policy.Groups)}")}.");
        });
    }

    /// <summary>Makes <c>role</c>.</summary>
    public static Command Role()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        var role = new Argument<string>("ROLE") { Description = $"{string.Join(" or ", DeviceRoles.Names)}, or {ByItself}: what it does tells" };
        return StoreCommand.Create("role", "Say what a device is for, where what it does tells something else", [device, role], async (parse, store, ct) =>
        {
            var chosen = await DevicesCommand.OneAsync(parse.GetRequiredValue(device), store, ct);
            var word = parse.GetRequiredValue(role);
            if (word != ByItself && DeviceRoles.Named(word) is null) throw new SetupException($"'{word}' is no role: use {string.Join(", ", DeviceRoles.Names)} or {ByItself}.");
            var changed = await store.Get<ScopeBook>().GiveRoleAsync(DevicesCommand.Id(chosen), DeviceRoles.Named(word), null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{(word == ByItself ? $"What {chosen.Name} does tells what it is for" : $"{chosen.Name} is a {word}")}{(changed ? "" : ", as before")}.");
        });
    }
}
