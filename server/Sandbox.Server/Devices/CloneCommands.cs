using System.CommandLine;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Devices;

/// <summary><c>sandbox-server devices split|release</c>: what to do with a device in quarantine.</summary>
internal static class CloneCommands
{
    /// <summary>Makes <c>split</c>.</summary>
    public static Command Split()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        return StoreCommand.Create("split", "Make two join codes for the two copies of a quarantined device", [device], async (parse, store, ct) =>
        {
            var chosen = await DevicesCommand.OneAsync(parse.GetRequiredValue(device), store, ct);
            NewCode.RequireAddress(store);
            var codes = await store.Get<CloneCases>().SplitAsync(DevicesCommand.Id(chosen), NewCode.UsualLife, ct);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync("On each of the two machines stop the agent, enrol, start it again. What each has not delivered yet is kept.");
            await NewCode.PrintAsync(output, NewCode.Text(store, codes.Right, codes.RightToken), $"The machine that goes on as {chosen.Name}", NewCode.UsualLife, quiet: false);
            await NewCode.PrintAsync(output, NewCode.Text(store, codes.Other, codes.OtherToken), "The copy, which becomes a device of its own", NewCode.UsualLife, quiet: false);
        });
    }

    /// <summary>Makes <c>release</c>.</summary>
    public static Command Release()
    {
        var device = new Argument<string>("DEVICE") { Description = "Name or first digits of the id" };
        return StoreCommand.Create("release", "End a quarantine, because there is no second copy: the machine was set back to a backup or a snapshot", [device], async (parse, store, ct) =>
        {
            var chosen = await DevicesCommand.OneAsync(parse.GetRequiredValue(device), store, ct);
            var changed = await store.Get<CloneCases>().ReleaseAsync(DevicesCommand.Id(chosen), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(changed
                ? $"{chosen.Name} may report again; its machine notices within about a minute."
                : $"{chosen.Name} is {chosen.State.ToString().ToLowerInvariant()}, not in quarantine, and no older certificate of it was turned away; nothing changed.");
        });
    }
}
