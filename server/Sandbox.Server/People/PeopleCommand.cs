using System.CommandLine;
using Sandbox.Server.Hosting;
using Sandbox.Server.Retention;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary><c>sandbox-server people add|list|link|programme|exit|return</c> and <c>setup-link</c>.</summary>
internal static class PeopleCommand
{
    /// <summary>Makes the command for people.</summary>
    public static Command Create() => new("people", "Those who sign in") { Add(), List(), Link(), LeavingCommands.Programme(), LeavingCommands.Exit(), LeavingCommands.Return() };

    /// <summary>Makes the command for the first admin's link.</summary>
    public static Command CreateSetupLink() => StoreCommand.Create("setup-link", "A new one-time link for the first admin", [], async (parse, store, ct) =>
    {
        var token = await store.Get<FirstAdmin>().NewSetupTokenAsync(ct)
            ?? throw new SetupException("An admin has set up already. A new link for somebody else: sandbox-server people link NAME");
        await parse.InvocationConfiguration.Output.WriteLineAsync(store.Settings.Page($"/setup#{token}"));
    });

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What they type to sign in" };
        var role = new Option<string>("--role") { Description = "admin, mentor, auditor or apprentice", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var display = new Option<string?>("--display-name") { Description = "The name that pages show" };
        var programme = new Option<string?>("--programme") { Description = "What they are trained in; the first programme unless given" };
        return StoreCommand.Create("add", "Add somebody; prints the one-time link through which they choose a password", [name, role, display, programme], async (parse, store, ct) =>
        {
            var which = parse.GetValue(programme) is { } typed ? await ProgrammesCommand.OneAsync(typed, store, ct) : null;
            var person = await store.Get<Roster>().AddAsync(parse.GetRequiredValue(name), parse.GetValue(display), parse.GetRequiredValue(role), by: null, ct);
            if (which is not null && which.Id != Storage.Retention.Programme.FirstId) await store.Get<RetentionBook>().AssignAsync(person.Id, which.Id, by: null, ct);
            await PrintLinkAsync(parse, store, person.Id, parse.GetRequiredValue(name), ct);
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "Everybody", [json], async (parse, store, ct) =>
        {
            var people = await store.Get<Roster>().ListAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, people, ListingJson.Default.IReadOnlyListRosterEntry);
            else Listing.Write(output, ["NAME", "DISPLAY NAME", "ROLE", "PASSWORD"], people.Select(x => new string?[] { x.Name, x.DisplayName, x.Role, x.HasPassword ? "set" : "not yet" }));
        });
    }

    private static Command Link()
    {
        var name = new Argument<string>("NAME") { Description = "Their sign-in name" };
        return StoreCommand.Create("link", "A new one-time link, for somebody who has none or forgot the password; older ones end", [name], async (parse, store, ct) =>
        {
            var person = Pick.One(parse.GetRequiredValue(name), "person", "sandbox-server people list", await store.Get<Roster>().ListAsync(ct), x => x.Name);
            await PrintLinkAsync(parse, store, person.Id, person.Name, ct);
        });
    }

    private static async Task PrintLinkAsync(ParseResult parse, CommandStore store, Guid person, string name, CancellationToken ct)
    {
        var token = await store.Get<Invitations>().CreateAsync(person, Invitations.JoinLife, by: null, ct);
        await parse.InvocationConfiguration.Output.WriteLineAsync(store.Settings.Page($"/join#{token}"));
        await parse.InvocationConfiguration.Error.WriteLineAsync(
            $"The link works once, within {Invitations.JoinLife.TotalDays:0} days: {name} chooses a password there and signs in as {name} from then on.");
    }
}
